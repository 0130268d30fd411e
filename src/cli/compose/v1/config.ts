import type { Verb } from './verb.ts';
import { sortedConfig } from '../../../compose/v1/config-output.ts';

export const config: Verb = {
  name: 'config',
  short: 'Validate and view the Compose file',
  args: '[options]',
  options: [
    { short: '-q', long: '--quiet', help: 'Only check it.' },
    { long: '--resolve-image-digests', help: 'Images by digest.', refused: 'there is no registry to ask' },
    { long: '--no-interpolate', help: 'Leave variables as they are.', refused: 'variables are always filled in' },
    { long: '--profiles', help: 'The names of profiles, one a line.', refused: 'see the file' },
    {
      long: '--hash',
      value: 'SERVICES',
      help: "Digests of services' configurations.",
      refused: 'docker inspect shows them as a label',
    },
    { long: '--services', help: 'The names of services, one a line.' },
    { long: '--volumes', help: 'The names of volumes, one a line.' },
  ],
  *run({ console, parsed, project }) {
    if (parsed.flags.has('--quiet')) return 0;
    if (parsed.flags.has('--services')) for (const { name } of project.services) yield* console.out(`${name}\n`);
    else if (parsed.flags.has('--volumes')) for (const { key } of project.volumes) yield* console.out(`${key}\n`);
    else yield* console.out(`${sortedConfig(project)}\n`);
    return 0;
  },
};
