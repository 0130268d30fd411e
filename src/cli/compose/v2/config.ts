import { rendered } from '../../../compose/v2/config/rendered.ts';
import { yamlText } from '../../../compose/v2/config/yaml-text.ts';
import { nameClash } from '../../../compose/v2/create.ts';
import { allNeeds } from '../../../compose/v2/dependencies.ts';
import { serviceHash } from '../../../compose/v2/hash.ts';
import { type LoadOptions } from '../../../compose/v2/load/load.ts';
import { profileNames } from '../../../compose/v2/load/project.ts';
import { imageOf } from '../../../compose/v2/naming.ts';
import { type ComposeProject, serviceNames } from '../../../compose/v2/project.ts';
import { noSuchService } from '../../../compose/v2/selection.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { bool, string } from '../../command/flag.ts';
import { words } from '../../docker/completion.ts';
import { type ComposeInvocation, defineVerb } from './verb.ts';

const NO_DIGESTS = 'digests come from a registry, which this host has not';

const FLAGS = {
  format: string('Format the output. Values: [yaml | json]'),
  'resolve-image-digests': bool('Pin image tags to digests', { refused: NO_DIGESTS }),
  'lock-image-digests': bool('Produces an override file with image digests', { refused: NO_DIGESTS }),
  quiet: bool("Only validate the configuration, don't print anything", { short: 'q' }),
  'no-interpolate': bool("Don't interpolate environment variables"),
  'no-normalize': bool("Don't normalize compose model"),
  'no-path-resolution': bool("Don't resolve file paths"),
  'no-consistency': bool("Don't check model consistency"),
  'no-env-resolution': bool("Don't resolve service env files"),
  services: bool('Print the service names, one per line.'),
  volumes: bool('Print the volume names, one per line.'),
  networks: bool('Print the network names, one per line.'),
  models: bool('Print the model names, one per line.'),
  profiles: bool('Print the profile names, one per line.'),
  images: bool('Print the image names, one per line.'),
  hash: string('Print the service config hash, one per line.'),
  variables: bool('Print model variables and default values.', { refused: '--environment shows the values in use' }),
  environment: bool('Print environment used for interpolation.'),
  output: string('Save to file (default to stdout)', { short: 'o' }),
} as const;

type Config = ComposeInvocation<typeof FLAGS>;

export const config = defineVerb({
  use: 'config [OPTIONS] [SERVICE...]',
  short: 'Parse, resolve and render compose file in canonical format',
  flags: FLAGS,
  completeFlag: { format: words('yaml', 'json') },
  *run(invocation) {
    const { compose, args, flags } = invocation;
    const { console } = compose;
    const listing = flags.services || flags.volumes || flags.networks || flags.models || flags.hash !== '';
    const loaded = yield* compose.toProject(listing ? [] : args, skipped(invocation, listing));
    if (!loaded.ok) return yield* console.fail(loaded.error);
    const lines = listed(invocation, loaded.value);
    if (typeof lines === 'string') return yield* console.fail(lines);
    if (lines === null) return yield* render(invocation, loaded.value);
    for (const line of lines) yield* console.out(`${line}\n`);
    return 0;
  },
});

function skipped({ flags }: Config, listing: boolean): NonNullable<LoadOptions['skip']> {
  return [
    ...(flags['no-interpolate'] ? (['interpolation'] as const) : []),
    ...(flags['no-normalize'] ? (['normalisation'] as const) : []),
    ...(flags['no-path-resolution'] ? (['paths'] as const) : []),
    ...(flags['no-consistency'] ? (['consistency'] as const) : []),
    ...(flags['no-env-resolution'] || listing || flags.profiles || flags.images ? (['environment'] as const) : []),
  ];
}

/** One thing a line; null where the whole file is wanted, a text where something is wrong. */
function listed({ flags }: Config, project: ComposeProject): readonly string[] | string | null {
  if (flags.services) return inOrderOfNeed(project);
  if (flags.volumes) return project.volumes.map((each) => each.key);
  if (flags.networks) return project.networks.map((each) => each.key);
  if (flags.models) return [];
  if (flags.hash !== '') {
    const names = flags.hash === '*' ? serviceNames(project) : flags.hash.split(',').toSorted();
    const unknown = names.find((name) => !project.services.some((service) => service.name === name));
    if (unknown !== undefined) return noSuchService(project, unknown);
    return names.flatMap((name) =>
      project.services.filter((service) => service.name === name).map((service) => `${name} ${serviceHash(service)}`),
    );
  }
  if (flags.profiles) return profileNames(project);
  if (flags.images) return project.services.map((service) => imageOf(project, service));
  if (flags.environment) return [...project.variables].map(([name, value]) => `${name}=${value}`).toSorted();
  return null;
}

/** What a service needs comes before it. */
function inOrderOfNeed(project: ComposeProject): readonly string[] {
  const seen = new Set<string>();
  for (const { name } of project.services) {
    const needed = [...allNeeds(project, [name])].toReversed();
    for (const each of needed) seen.add(each);
  }
  return [...seen];
}

function* render({ compose, flags }: Config, project: ComposeProject): Sys<number> {
  const { console, proc } = compose;
  const clash = flags['no-consistency'] ? null : nameClash(project);
  if (clash !== null) return yield* console.fail(clash);
  if (!['', 'yaml', 'json'].includes(flags.format))
    return yield* console.fail(`unsupported format ${JSON.stringify(flags.format)}`);
  const tree = rendered(project);
  const plain = flags.format === 'json' ? jsonText(tree) : yamlText(tree);
  const text = flags['no-interpolate'] ? plain : plain.replaceAll('$', '$$$$');
  if (flags.quiet) return 0;
  if (flags.output === '') {
    yield* console.out(text);
    return 0;
  }
  const opened = yield* proc.open(flags.output, { write: true, create: true, truncate: true }, 0o666);
  if (!opened.ok) return yield* console.fail(`open ${flags.output}: ${opened.error}`);
  yield* proc.write(opened.value, text);
  yield* proc.close(opened.value);
  return 0;
}

/** Go's JSON: sections in order of their names, each service with its command and entrypoint, even if null. */
function jsonText(tree: Readonly<Record<string, unknown>>): string {
  const services = Object.fromEntries(
    Object.entries((tree['services'] ?? {}) as Record<string, Record<string, unknown>>).map(([name, service]) => [
      name,
      { ...service, command: service['command'] ?? null, entrypoint: service['entrypoint'] ?? null },
    ]),
  );
  const data = Object.fromEntries(Object.entries({ ...tree, services }).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return JSON.stringify(data, null, 2).replace(/[<>&]/g, (each) => escapes[each] as string);
}
