import type { Verb } from './verb.ts';
import { sortedConfig } from '../../../compose/v1/config-output.ts';

export const config: Verb = {
  name: 'config',
  short: 'Validate and view the Compose file',
  args: '[options]',
  options: [
    { short: '-q', long: '--quiet', help: 'Only check it.' },
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
