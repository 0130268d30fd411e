import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { numberOfContainer, projectFilter, serviceOfContainer } from '../../../compose/v1/naming.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Context } from './verb.ts';

/** The project's containers of these services, by name. One-off containers (`run`) only when asked for. */
export function* containersOf(
  { engine, project, console }: Context,
  services: readonly string[],
  options: { readonly oneOff?: boolean } = {},
): Sys<readonly ContainerSummary[]> {
  const listed = yield* engine.containers(projectFilter(project));
  if (!listed.ok) {
    yield* console.error(listed.error.message);
    return [];
  }
  const oneOff = options.oneOff ? yield* engine.containers(projectFilter(project, { oneOff: true })) : null;
  return [...listed.value, ...(oneOff?.ok ? oneOff.value : [])]
    .filter((each) => services.includes(serviceOfContainer(each)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The container of a service with that number, as `exec` and `port` name it. */
export function* oneContainer(context: Context, service: string, index: number): Sys<ContainerSummary | null> {
  const found = (yield* containersOf(context, [service])).find(
    (each) => numberOfContainer(each) === index && each.state === 'running',
  );
  if (found) return found;
  yield* context.console.error(`No container found for ${service}_${index}`);
  return null;
}
