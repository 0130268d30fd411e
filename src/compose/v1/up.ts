import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, Engine, EngineError } from '../engine/engine.ts';
import { asData } from '../model/normalise.ts';
import type { Project, Service } from '../model/project.ts';
import { dependencyOrder, needsOf, withNeeds } from '../plan/dependency-order.ts';
import { hasCompleted, isHealthy } from './conditions.ts';
import type { Console } from './console.ts';
import { clientProblem } from './client-problem.ts';
import {
  configHash,
  containerBody,
  endpoint,
  type BodyContext,
  networkName,
  networksInOrder,
} from './container-body.ts';
import { containerName, LABEL, numberOfContainer, projectFilter, serviceOfContainer } from './naming.ts';
import { ensureNetworks, ensureVolumes } from './networks.ts';
import { Progress } from './progress.ts';
import { warnOfOrphans } from './orphans.ts';

export interface UpOptions {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly start: boolean;
  readonly withDependencies: boolean;
  readonly recreate: 'changed' | 'always' | 'never';
  readonly scale: ReadonlyMap<string, number>;
  readonly removeOrphans: boolean;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/** How often the conditions of `depends_on` are looked at. */
const POLL = 1e9;

interface Failure {
  /** null: none of its own was touched. */
  readonly container: string | null;
  readonly service: string;
  readonly message: string;
  /** The exception that docker-compose itself fell over, not the engine: its progress line stays open. */
  readonly crash?: string;
}

/** Brings services up: networks, volumes, then each service after those that it needs (compose/project.py, Project.up). */
export class Up {
  private readonly progress: Progress;
  private containers: readonly ContainerSummary[] = [];
  private readonly failures: Failure[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly console: Console,
    private readonly project: Project,
    private readonly options: UpOptions,
  ) {
    this.progress = new Progress(console);
  }

  /** The containers of the wanted services; a failure is the text after `ERROR: `. */
  *run(): Sys<Result<readonly ContainerSummary[], string>> {
    const { engine, console, project, options } = this;
    const networks = yield* ensureNetworks(engine, console, project);
    if (!networks.ok) return networks;
    const volumes = yield* ensureVolumes(engine, console, project);
    if (!volumes.ok) return volumes;
    yield* warnOfOrphans(engine, console, project, { remove: options.removeOrphans });
    yield* this.refresh();
    const all = dependencyOrder(project.services);
    if (!all.ok) return err(`Circular dependency between ${all.error.circle.join(' and ')}`);
    const named = options.services.length > 0 ? options.services : project.services.map((service) => service.name);
    const wanted = options.withDependencies
      ? withNeeds(all.value, named)
      : all.value.filter((service) => named.includes(service.name));
    yield* this.converge(wanted);
    if (this.failures.length > 0) return err(yield* this.report());
    yield* this.refresh();
    return ok(
      this.containers.filter((container) => wanted.some((service) => service.name === serviceOfContainer(container))),
    );
  }

  /**
   * Works through the services. Those that wait for nothing more run at once: they are announced together, what needs no work is
   * told before any work is done, and each makes its first container before any makes its second.
   */
  private *converge(wanted: readonly Service[]): Sys<void> {
    const pending = new Set(wanted);
    const failed = new Set<string>();
    while (pending.size > 0) {
      const free = [...pending].filter(
        (service) => !needsOf(service).some((name) => [...pending].some((each) => each.name === name)),
      );
      const ready: Service[] = [];
      for (const service of free) {
        const met = yield* this.conditionsMet(service, wanted, failed);
        if (!met.ok) {
          this.failures.push({ container: null, service: service.name, message: met.error });
          failed.add(service.name);
          pending.delete(service);
        } else if (met.value) ready.push(service);
      }
      if (ready.length === 0 && pending.size > 0) {
        yield* this.console.proc.sleep(POLL);
        yield* this.refresh();
        continue;
      }
      const plans = ready.map((service) => ({ service, plan: this.plan(service) }));
      for (const { plan } of plans) yield* this.announce(plan);
      for (const service of ready) pending.delete(service);
      for (const service of ready) if (needsOf(service).some((name) => failed.has(name))) failed.add(service.name);
      const able = plans.filter(({ service }) => !failed.has(service.name));
      for (const { plan } of able) yield* this.tellUpToDate(plan);
      for (const { service, plan } of able) if (!(yield* this.carryOut(service, plan))) failed.add(service.name);
      for (let round = 0; able.some(({ plan }) => plan.create.length > round); round++)
        for (const { service, plan } of able) if (!(yield* this.create(service, plan, round))) failed.add(service.name);
      yield* this.refresh();
    }
  }

  /** Whether what a service waits for has come about. */
  private *conditionsMet(
    service: Service,
    wanted: readonly Service[],
    failed: ReadonlySet<string>,
  ): Sys<Result<boolean, string>> {
    if (!this.options.start || needsOf(service).some((name) => failed.has(name))) return ok(true);
    let all = true;
    for (const { service: name, condition } of service.dependsOn) {
      const needed = wanted.find((each) => each.name === name);
      if (!needed || condition === 'service_started') continue;
      const look = condition === 'service_healthy' ? isHealthy : hasCompleted;
      const met = yield* look(this.engine, needed, this.containersOf(needed));
      if (!met.ok) return met;
      if (!met.value) all = false;
    }
    return ok(all);
  }

  private *announce({ action, names, surplus }: Plan): Sys<void> {
    yield* this.progress.announce(action, names);
    yield* this.progress.announce(
      'Stopping and removing',
      surplus.map((each) => each.name),
    );
  }

  private *tellUpToDate({ action, kept, surplus }: Plan): Sys<void> {
    if (action !== 'Nothing' || surplus.length > 0) return;
    for (const { name } of kept) yield* this.console.info(`${this.console.paint('32', name)} is up-to-date`);
  }

  private plan(service: Service): Plan {
    const own = this.containersOf(service);
    const scale = this.options.scale.get(service.name) ?? service.scale;
    const surplus = own.slice(scale);
    const kept = own.slice(0, scale);
    const missing = freeNumbers(own, scale - kept.length);
    const hash = configHash(service, this.project);
    const changed = kept.some((container) => container.labels[LABEL.hash] !== hash);
    const recreate =
      kept.length > 0 && this.options.recreate !== 'never' && (changed || this.options.recreate === 'always');
    const create = missing.map((number) => ({ number, name: containerName(this.project, service, number) }));
    if (recreate) return { action: 'Recreating', names: kept.map((each) => each.name), kept, create, surplus };
    const stopped = kept.filter((container) => container.state !== 'running');
    if (create.length > 0) return { action: 'Creating', names: create.map((each) => each.name), kept, create, surplus };
    if (stopped.length > 0 && this.options.start)
      return { action: 'Starting', names: stopped.map((each) => each.name), kept, create, surplus };
    return { action: 'Nothing', names: [], kept, create, surplus };
  }

  private *carryOut(service: Service, plan: Plan): Sys<boolean> {
    if (plan.surplus.length > 0) yield* this.removeSurplus(plan.surplus);
    switch (plan.action) {
      case 'Recreating':
        return yield* this.recreate(service, plan.kept);
      case 'Starting':
        return yield* this.startAll(service, plan);
      default:
        return true;
    }
  }

  /** Makes the service's container of this round, if it has one to make. */
  private *create(service: Service, { action, create }: Plan, round: number): Sys<boolean> {
    const next = action === 'Creating' ? create[round] : undefined;
    if (next === undefined) return true;
    const { number, name } = next;
    const created = yield* this.createAndStart(service, number, name);
    if (created.ok) {
      yield* this.progress.done('Creating', name);
      return true;
    }
    if (!created.error.crash) yield* this.progress.failed('Creating', name);
    this.failures.push({ container: name, service: service.name, ...created.error });
    return false;
  }

  private *createAndStart(
    service: Service,
    number: number,
    name: string,
  ): Sys<Result<void, { message: string; crash?: string }>> {
    const context = this.bodyContext(service, number);
    const refused = clientProblem(service);
    if (refused) return err({ message: refused.message, crash: refused.exception });
    const image = yield* this.ensureImage(service);
    if (!image.ok) return image;
    const created = yield* this.engine.createContainer(name, containerBody(context));
    if (!created.ok)
      return err({ message: `Cannot create container for service ${service.name}: ${created.error.message}` });
    if (!this.options.start) return ok();
    const joined = yield* this.joinNetworks(context, created.value);
    if (!joined.ok) return err({ message: joined.error.message });
    const started = yield* this.engine.startContainer(created.value);
    return started.ok ? ok() : err({ message: `Cannot start service ${service.name}: ${started.error.message}` });
  }

  private *ensureImage(service: Service): Sys<Result<void, { message: string }>> {
    if (service.image === null)
      return err({
        message: `Service '${service.name}' has to be built, and this simulated host can't build images. Give it an "image:" instead.`,
      });
    const found = yield* this.engine.inspectImage(service.image);
    if (found.ok) return ok();
    if (found.error.status !== 404) return err({ message: found.error.message });
    yield* this.console.info(
      `Pulling ${service.name} (${service.image.includes(':') ? service.image : `${service.image}:latest`})...`,
    );
    const pulled = yield* this.engine.pullImage(service.image);
    return pulled.ok ? ok() : err({ message: pulled.error.message });
  }

  /** docker-compose joins every network anew before the start, with the container's short id among the aliases. */
  private *joinNetworks(context: BodyContext, id: string): Sys<Result<void, EngineError>> {
    const shortId = id.slice(0, 12);
    for (const network of networksInOrder(context.service)) {
      const name = networkName(this.project, network);
      const inspected = yield* this.engine.inspectContainer(id);
      if (!inspected.ok) return inspected;
      if (asData(asData(inspected.value['NetworkSettings'])['Networks'])[name] !== undefined) {
        const left = yield* this.engine.disconnect(name, id);
        if (!left.ok) return left;
      }
      const joined = yield* this.engine.connect(name, id, endpoint(context, network, shortId));
      if (!joined.ok) return joined;
    }
    return ok();
  }

  private *startAll(service: Service, plan: Plan): Sys<boolean> {
    let whole = true;
    for (const container of plan.kept.filter((each) => each.state !== 'running')) {
      const started = yield* this.engine.startContainer(container.id);
      if (started.ok) yield* this.progress.done('Starting', container.name);
      else {
        yield* this.progress.failed('Starting', container.name);
        this.failures.push({
          container: container.name,
          service: service.name,
          message: `Cannot start service ${service.name}: ${started.error.message}`,
        });
        whole = false;
      }
    }
    return whole;
  }

  /**
   * Stops and renames the old container, then reads the volumes of its image. Engines since 25 no longer give the image's
   * `ContainerConfig`, and docker-compose 1.29.2 falls over it: the old container stays, stopped and renamed.
   */
  private *recreate(service: Service, old: readonly ContainerSummary[]): Sys<boolean> {
    for (const container of old) {
      yield* this.engine.stopContainer(container.id, this.options.timeout);
      const temporary = `${container.id.slice(0, 12)}_${container.name}`;
      const renamed = yield* this.engine.renameContainer(container.id, temporary);
      const image = yield* this.engine.inspectImage(service.image ?? '');
      const failure = !renamed.ok ? renamed.error.message : !image.ok ? image.error.message : null;
      if (failure !== null) {
        yield* this.progress.failed('Recreating', container.name);
        this.failures.push({ container: container.name, service: service.name, message: failure });
        return false;
      }
      if (image.ok && image.value['ContainerConfig'] === undefined) {
        this.failures.push({
          container: container.name,
          service: service.name,
          message: "'ContainerConfig'",
          crash: 'KeyError',
        });
        return false;
      }
      const created = yield* this.createAndStart(service, numberOfContainer(container), container.name);
      if (!created.ok) return false;
      yield* this.engine.removeContainer(container.id);
      yield* this.progress.done('Recreating', container.name);
    }
    return true;
  }

  private *removeSurplus(surplus: readonly ContainerSummary[]): Sys<void> {
    for (const container of surplus) {
      yield* this.engine.stopContainer(container.id, this.options.timeout);
      yield* this.engine.removeContainer(container.id);
      yield* this.progress.done('Stopping and removing', container.name);
    }
  }

  private *report(): Sys<string> {
    for (const { container, message } of this.failures)
      if (container !== null) yield* this.console.info(`\nERROR: for ${container}  ${message}`);
    for (const { service, message } of this.failures) yield* this.console.info(`\nERROR: for ${service}  ${message}`);
    const crash = this.failures.find((failure) => failure.crash);
    if (!crash) return 'Encountered errors while bringing up the project.';
    return crash.crash === 'KeyError'
      ? "KeyError: 'ContainerConfig' (docker-compose 1.29.2 can't recreate a container on this engine: bring the service down first, or use docker compose)"
      : `${crash.crash}: ${crash.message}`;
  }

  private bodyContext(service: Service, number: number): BodyContext {
    return {
      project: this.project,
      service,
      number,
      oneOff: false,
      env: this.console.proc.env,
      containerIdOf: (name) => this.containers.find((each) => serviceOfContainer(each) === name)?.id ?? null,
    };
  }

  private containersOf(service: Service): readonly ContainerSummary[] {
    return this.containers
      .filter((each) => serviceOfContainer(each) === service.name)
      .sort((a, b) => numberOfContainer(a) - numberOfContainer(b));
  }

  private *refresh(): Sys<void> {
    const listed = yield* this.engine.containers(projectFilter(this.project));
    if (listed.ok) this.containers = listed.value;
  }
}

interface Plan {
  readonly action: 'Creating' | 'Starting' | 'Recreating' | 'Nothing';
  readonly names: readonly string[];
  readonly kept: readonly ContainerSummary[];
  readonly create: readonly { readonly number: number; readonly name: string }[];
  readonly surplus: readonly ContainerSummary[];
}

/** The lowest numbers that no container of the service has. */
function freeNumbers(own: readonly ContainerSummary[], count: number): readonly number[] {
  const taken = new Set(own.map(numberOfContainer));
  const free: number[] = [];
  for (let number = 1; free.length < count; number++) if (!taken.has(number)) free.push(number);
  return free;
}
