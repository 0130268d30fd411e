import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, Engine } from '../engine/engine.ts';
import { asData } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';

/** What a condition of `depends_on` says of a service: come about, not yet, or never. */
type Met = Result<boolean, string>;

/** `service_healthy`: those of its containers that run are healthy (compose/service.py, is_healthy). */
export function* isHealthy(engine: Engine, service: Service, containers: readonly ContainerSummary[]): Sys<Met> {
  let healthy = true;
  for (const { id, state } of containers) {
    if (state !== 'running') continue;
    const status = asData((yield* stateOf(engine, id))['Health'])['Status'];
    if (status === undefined) return err(`Service "${service.name}" is missing a healthcheck configuration`);
    if (status === 'unhealthy') return err(`Container "${id.slice(0, 12)}" is unhealthy.`);
    if (status === 'starting') healthy = false;
  }
  return ok(healthy);
}

/** `service_completed_successfully`: its containers have ended, and well (is_completed_successfully). */
export function* hasCompleted(engine: Engine, _: Service, containers: readonly ContainerSummary[]): Sys<Met> {
  let completed = true;
  for (const { id } of containers) {
    const { Status, ExitCode } = yield* stateOf(engine, id);
    if (Status !== 'exited') completed = false;
    else if (ExitCode !== 0) return err(`Container "${id.slice(0, 12)}" exited with code ${String(ExitCode)}.`);
  }
  return ok(completed);
}

function* stateOf(engine: Engine, id: string): Sys<Record<string, unknown>> {
  const inspected = yield* engine.inspectContainer(id);
  return inspected.ok ? asData(inspected.value['State']) : {};
}
