import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary } from '../engine/engine.ts';
import { asData, asText } from '../model/normalise.ts';
import { ofServices } from './containers.ts';
import { progressName } from './naming.ts';
import { done, failed, type ProgressEvent, warned, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, type Outcome, type Task, tell } from './task.ts';

/** A service that somebody waits for, and until when. */
export interface Awaited {
  readonly service: string;
  readonly condition:
    | 'service_started'
    | 'service_healthy'
    | 'service_completed_successfully'
    /** Of `--wait`: healthy, or running where there is no health check. */
    | 'running_or_healthy';
  readonly required: boolean;
}

export interface WaitContext {
  readonly project: ComposeProject;
  /** Who waits, for messages. */
  readonly dependent: string;
  readonly containers: readonly ContainerSummary[];
  /** Virtual time. */
  readonly deadline: number;
}

/** How often it looks, in nanoseconds. */
const INTERVAL = 500e6;

/** Waits until all are as they should be (pkg/compose/convergence.go, waitDependencies). */
export function* waitFor(task: Task, context: WaitContext, awaited: readonly Awaited[]): Sys<Outcome> {
  const { project, dependent, containers, deadline } = context;
  const open = new Map<Awaited, readonly ContainerSummary[]>();
  for (const each of awaited) {
    const service = project.services.find(({ name }) => name === each.service);
    if (!service) {
      if (project.disabled.some(({ name }) => name === each.service)) continue;
      return err(`no such service: ${each.service}: not found`);
    }
    if (service.scale === 0) continue;
    const own = ofServices(containers, [each.service]);
    yield* tell(task, ...own.map((container) => working(progressName(container), 'Waiting')));
    if (own.length > 0) open.set(each, own);
    else if (each.required) return err(`${dependent} is missing dependency ${each.service}`);
    else yield* task.console.warn(`${dependent} is missing dependency ${each.service}`);
  }
  let outcome: Outcome = ok();
  while (open.size > 0) {
    yield* task.proc.sleep(INTERVAL);
    if (task.proc.now() >= deadline) return err('timeout waiting for dependencies');
    for (const [each, own] of open) {
      const verdict = yield* look(task, each, own);
      if (verdict === 'not yet') continue;
      open.delete(each);
      if (!verdict.ok && outcome.ok) outcome = verdict;
    }
  }
  return outcome;
}

function* look(task: Task, awaited: Awaited, own: readonly ContainerSummary[]): Sys<Outcome | 'not yet'> {
  const tellAll = (event: (id: string) => ProgressEvent) => tell(task, ...own.map((each) => event(progressName(each))));
  const { service, condition, required } = awaited;
  if (condition === 'service_completed_successfully') {
    const ended = yield* exitCode(task, own);
    if (!ended.ok) return ended;
    if (ended.value === null) return 'not yet';
    if (ended.value === 0) {
      yield* tellAll((id) => done(id, 'Exited'));
      return ok();
    }
    const words = `${JSON.stringify(service)} didn't complete successfully: exit ${ended.value}`;
    if (!required) return yield* skip(`optional dependency ${words}`);
    yield* tellAll((id) => failed(id, `service ${words}`));
    return err(`service ${words}`);
  }
  const healthy = yield* isHealthy(task, own, condition === 'running_or_healthy');
  if (healthy.ok && !healthy.value) return 'not yet';
  if (healthy.ok) {
    yield* tellAll((id) => done(id, 'Healthy'));
    return ok();
  }
  const lacks = condition === 'running_or_healthy' ? 'is not running or is unhealthy' : 'failed to start';
  if (!required) return yield* skip(`optional dependency ${JSON.stringify(service)} ${lacks}`, healthy.error);
  if (condition === 'running_or_healthy') return healthy;
  yield* tellAll((id) => failed(id));
  return err(`dependency failed to start: ${healthy.error}`);

  function* skip(reason: string, cause?: string): Sys<Outcome> {
    yield* tellAll((id) => warned(id, `Skipped: ${reason}`));
    yield* task.console.warn(cause === undefined ? reason : `${reason}: ${cause}`);
    return ok();
  }
}

function* isHealthy(task: Task, containers: readonly ContainerSummary[], fallback: boolean): Sys<Outcome<boolean>> {
  for (const { id } of containers) {
    const inspected = yield* task.engine.inspectContainer(id);
    if (!inspected.ok) return err(engineWords(inspected.error));
    const name = String(inspected.value['Name']).replace(/^\//, '');
    const state = asData(inspected.value['State']);
    if (state['Status'] === 'exited') return err(`container ${name} exited (${String(state['ExitCode'])})`);
    const health = asText(asData(state['Health'])['Status']);
    if (asData(inspected.value['Config'])['Healthcheck'] === undefined && fallback)
      return ok(state['Status'] === 'running');
    if (health === null) return err(`container ${name} has no healthcheck configured`);
    if (health === 'unhealthy') return err(`container ${name} is unhealthy`);
    if (health !== 'healthy') return ok(false);
  }
  return ok(true);
}

function* exitCode(task: Task, containers: readonly ContainerSummary[]): Sys<Outcome<number | null>> {
  for (const { id } of containers) {
    const inspected = yield* task.engine.inspectContainer(id);
    if (!inspected.ok) return err(engineWords(inspected.error));
    const state = asData(inspected.value['State']);
    if (state['Status'] === 'exited') return ok(Number(state['ExitCode']));
  }
  return ok(null);
}
