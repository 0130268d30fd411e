import type { SimTime } from '../../sim/clock.ts';
import type { ProbeBook } from '../../scenario/probes/probe-book.ts';
import { Lab } from '../lab.ts';
import type { SessionStart } from '../messages.ts';
import type { PartsHolder } from '../parts.ts';
import { replaySteps } from '../replay-log.ts';
import { isUnit } from '../undo.ts';
import { runProbe } from './run-probe.ts';

/** How long nothing may have changed before something is tried out. */
const SETTLED = 0.5e9;
/** A session that takes more steps than this is too long to be played again beside itself: checks then wait for the next change. */
const MOST_STEPS = 40_000;

export interface ProberOptions {
  /** The learner's, which is only looked at. */
  readonly lab: Lab;
  readonly parts: PartsHolder;
  readonly start: Pick<SessionStart, 'seed' | 'startDate' | 'files'>;
  readonly book: ProbeBook;
}

/**
 * Tries out what conditions want to know, never on the learner's machine: a second one is made from the same seed, the log is played into
 * it up to the present, the attempt is made there, and the machine is thrown away. It works in small steps when it is told to, and
 * lets go of what it does as soon as the learner's world moves on.
 */
export class Prober {
  private stamp = '';
  /** Without an event or an input there is no new stamp. */
  private stampedAt = '';
  private changedAt: SimTime = 0;
  private run: Generator<void, void, void> | null = null;

  constructor(private readonly options: ProberOptions) {}

  /** Works for a small while; whether there is more to do at once. */
  work(): boolean {
    const { lab, book } = this.options;
    if (book.isEmpty) return false;
    const moment = `${lab.world.queue.fired} ${lab.log.length}`;
    const stamp = moment === this.stampedAt ? this.stamp : stampOf(lab);
    this.stampedAt = moment;
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.changedAt = lab.now;
      this.run = null;
      book.renew();
    }
    if (this.run === null) {
      if (book.wanted.length === 0 || lab.now - this.changedAt < SETTLED) return false;
      this.run = this.tryAll();
    }
    if (!this.run.next().done) return true;
    this.run = null;
    return book.wanted.length > 0;
  }

  private *tryAll(): Generator<void, void, void> {
    const { book } = this.options;
    let machine: Lab | null = null;
    for (const probe of book.wanted) {
      machine ??= yield* this.replay();
      if (machine === null) {
        book.giveUp();
        return;
      }
      const before = listenersOf(machine);
      book.note(probe, yield* runProbe(machine, probe));
      // A listener that took one connection and is gone would be missed by the next probe.
      if (listenersOf(machine) !== before) machine = null;
    }
  }

  /** A second machine that stands where the learner's stands; null where it can't be had. */
  private *replay(): Generator<void, Lab | null, void> {
    const { lab, parts, start } = this.options;
    const time = lab.now;
    const fingerprint = lab.fingerprint();
    const log = [...lab.log];
    const machine = new Lab({ ...start, parts });
    const steps = replaySteps(machine, { log, time, onOutput: () => {}, onExercise: () => {}, onTime: () => {} });
    for (let taken = 0; taken < MOST_STEPS; taken++) {
      const step = steps.next();
      if (step.done) return step.value.ok && machine.fingerprint() === fingerprint ? machine : null;
      yield;
    }
    return null;
  }
}

/** Changes whenever something happened after which a probe may end otherwise: inputs, the engine's doings, processes, listeners. */
function stampOf(lab: Lab): string {
  const { docker, host } = lab.world;
  let inputs = 0;
  for (const input of lab.log) if (isUnit(input)) inputs++;
  const { tasks } = host.hostNamespaces.pids;
  let newest = 0;
  for (const pid of tasks.keys()) newest = pid;
  return `${inputs} ${docker.events.length} ${newest} ${tasks.size} ${listenersOf(lab)}`;
}

function listenersOf({ world }: Lab): number {
  const namespaces = new Set([world.host.netns, world.lan.netns]);
  for (const { namespaces: own } of world.docker.containers.list()) if (own) namespaces.add(own.net);
  let count = 0;
  for (const netns of namespaces)
    for (const { protocol, state } of netns.admin.sockets()) if (protocol === 'tcp' && state === 'LISTEN') count++;
  return count;
}
