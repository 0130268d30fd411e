import { err, ok } from '../../../base/result.ts';
import type { RecreatePolicy } from '../../../compose/v2/convergence.ts';
import type { CreateOptions } from '../../../compose/v2/create.ts';
import type { ComposeProject } from '../../../compose/v2/project.ts';
import { withScale } from '../../../compose/v2/selection.ts';
import type { Outcome } from '../../../compose/v2/task.ts';
import { bool, list, string } from '../../command/flag.ts';

/** What `up` and `create` have in common (cmd/compose/create.go). */
export const CREATE_FLAGS = {
  build: bool('Build images before starting containers', { limit: 'nothing is built here' }),
  'no-build': bool("Don't build an image, even if it's policy"),
  pull: string('Pull image before running ("always"|"missing"|"never")', { initial: 'policy' }),
  'quiet-pull': bool('Pull without printing progress information'),
  'force-recreate': bool("Recreate containers even if their configuration hasn't changed"),
  'no-recreate': bool("Don't recreate containers that exist. Not with --force-recreate."),
  'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
  scale: list('Scale SERVICE to NUM instances', { type: 'stringArray' }),
  yes: bool('Assume "yes" as answer to all prompts', { short: 'y' }),
} as const;

export interface CreateFlags {
  readonly build: boolean;
  readonly 'no-build': boolean;
  readonly pull: string;
  readonly 'force-recreate': boolean;
  readonly 'no-recreate': boolean;
  readonly 'remove-orphans': boolean;
  readonly scale: readonly string[];
}

/** Flags that don't go together; null where they do. */
export function createConflict(flags: CreateFlags): string | null {
  if (flags.build && flags['no-build']) return '--build and --no-build are incompatible';
  if (flags['force-recreate'] && flags['no-recreate']) return '--force-recreate and --no-recreate are incompatible';
  return null;
}

export function createOptions(
  flags: CreateFlags,
  project: ComposeProject,
  services: readonly string[],
  more: Partial<CreateOptions> = {},
): CreateOptions {
  const policy = (force: boolean): RecreatePolicy => (flags['no-recreate'] ? 'never' : force ? 'force' : 'diverged');
  const inherit = more.inherit ?? true;
  return {
    services,
    recreate: policy(flags['force-recreate'] || !inherit),
    recreateDependencies: policy(false),
    inherit,
    removeOrphans: flags['remove-orphans'],
    ignoreOrphans: isTruthy(project.variables.get('COMPOSE_IGNORE_ORPHANS')),
    timeout: undefined,
    ...more,
  };
}

const PULL_POLICIES = ['always', 'never', 'build', 'missing', 'if_not_present'];

/** The project with what `--scale` and `--pull` say. */
export function withCreateFlags(
  project: ComposeProject,
  flags: CreateFlags,
  pullStated: boolean,
): Outcome<ComposeProject> {
  if (pullStated && !PULL_POLICIES.includes(flags.pull))
    return err(`invalid --pull option ${JSON.stringify(flags.pull)}`);
  let changed: ComposeProject = pullStated
    ? {
        ...project,
        services: project.services.map((service) => ({
          ...service,
          source: { ...service.source, pull_policy: flags.pull },
        })),
      }
    : project;
  for (const text of flags.scale) {
    const [name = '', number, ...more] = text.split('=');
    if (number === undefined || more.length > 0)
      return err(`invalid --scale option ${JSON.stringify(text)}. Should be SERVICE=NUM`);
    if (!/^[+-]?\d+$/.test(number)) return err(`strconv.Atoi: parsing ${JSON.stringify(number)}: invalid syntax`);
    const scaled = withScale(changed, name, Number(number));
    if (!scaled.ok) return scaled;
    changed = scaled.value;
  }
  return ok(changed);
}

export const isTruthy = (text: string | undefined): boolean =>
  ['1', 't', 'true', 'y', 'yes', 'on'].includes((text ?? '').toLowerCase());
