import type { LabHost } from '../../lab/host/lab-host.ts';
import type { FromMachine } from '../../lab/messages.ts';

/** How long one turn may work on the machine, in milliseconds: messages have to be heard in between. */
const BUDGET = 10;
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 100;
/** How long somebody has waited for a command before its wait is passed over, in milliseconds. */
const PATIENCE = 700;

/**
 * Keeps a machine at the pace of the wall clock: a turn lets as much virtual time pass as has passed outside, never working longer than
 * its budget. What it can't keep up with is let go, not run after. A foreground command's bounded wait is passed over, and said.
 */
export class Pace {
  private lastTurn: number;
  private busyUntil = 0;
  /** Time that is being passed over: up to there. */
  private skip: { readonly terminal: number; readonly until: number; readonly from: number } | null = null;

  constructor(
    private readonly host: LabHost,
    private readonly clock: () => number,
    private readonly say: (message: FromMachine) => void,
  ) {
    this.lastTurn = clock();
  }

  /** Something came in: commands get a while before their waits are passed over. */
  stir(): void {
    this.busyUntil = this.clock() + PATIENCE;
  }

  /** One turn; whether the machine has more to do at once. */
  turn(): boolean {
    const begin = this.clock();
    const target = this.skip?.until ?? this.host.now + (begin - this.lastTurn) * 1e6;
    this.lastTurn = begin;
    let reached = false;
    while (!reached && this.clock() - begin < BUDGET) reached = this.host.advance(target, EVENTS_PER_LOOK);
    if (this.skip) {
      if (reached || this.host.holdUntil !== null) this.endSkip(this.skip);
      return true;
    }
    if (!reached) return true;
    // What is left of the turn goes to the checks.
    let probing = this.host.probe();
    while (probing && this.clock() - begin < BUDGET) probing = this.host.probe();
    if (this.clock() < this.busyUntil) return probing;
    const next = this.host.nextSkip();
    if (!next) return probing;
    this.skip = { ...next, from: this.host.now };
    return true;
  }

  private endSkip({ terminal, from }: { readonly terminal: number; readonly from: number }): void {
    this.skip = null;
    this.stir();
    this.say({ say: 'skipped', terminal, duration: this.host.now - from });
  }
}
