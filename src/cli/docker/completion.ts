import type { Completer } from '../command/command.ts';
import type { ContainerSummary, ImageSummary, NetworkSummary, VolumeSummary } from './api-objects.ts';

/** Names of containers; `all` includes those that don't run. */
export function containerNames(options: { readonly all: boolean; readonly state?: readonly string[] }): Completer {
  return function* (cli, args) {
    const answer = yield* cli.call<ContainerSummary[]>('GET', '/containers/json', {
      query: { all: options.all ? '1' : '0' },
    });
    if (!answer.ok) return [];
    return answer.value
      .filter((each) => options.state?.includes(each.State) ?? true)
      .map((each) => (each.Names[0] ?? '').replace(/^\//, ''))
      .filter((name) => !args.includes(name));
  };
}

export const networkNames: Completer = function* (cli, args) {
  const answer = yield* cli.call<NetworkSummary[]>('GET', '/networks');
  return answer.ok ? answer.value.map((each) => each.Name).filter((name) => !args.includes(name)) : [];
};

export const volumeNames: Completer = function* (cli, args) {
  const answer = yield* cli.call<{ Volumes: VolumeSummary[] | null }>('GET', '/volumes');
  if (!answer.ok) return [];
  return (answer.value.Volumes ?? []).map((each) => each.Name).filter((name) => !args.includes(name));
};

/** Names of images, for the first argument alone or for all. */
export function imageNames(most: number): Completer {
  return function* (cli, args) {
    if (args.length >= most) return [];
    const answer = yield* cli.call<ImageSummary[]>('GET', '/images/json');
    if (!answer.ok) return [];
    return answer.value
      .flatMap((each) => each.RepoTags ?? [])
      .flatMap((tag) => (tag.endsWith(':latest') ? [tag.slice(0, -':latest'.length), tag] : [tag]));
  };
}

/** `docker network connect NETWORK CONTAINER`. */
export const networkThenContainer: Completer = function* (cli, args, word, given) {
  if (args.length === 0) return yield* networkNames(cli, args, word, given);
  return args.length === 1 ? yield* containerNames({ all: true })(cli, [], word, given) : [];
};

export function words(...list: readonly string[]): Completer {
  return function* () {
    return list;
  };
}

export const signalNames = words(
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGKILL',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
  'SIGSTOP',
  'SIGCONT',
);
