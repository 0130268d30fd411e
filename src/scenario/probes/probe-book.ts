import type { Probe, ProbeResult } from './probe.ts';

/**
 * What conditions want to be tried out, and what has come of it. Whoever has a second machine at hand looks here for work; the answers
 * hold until the world changes.
 */
export class ProbeBook {
  /** Grows with every answer, and when they are forgotten: then whoever asks has to ask anew. */
  version = 0;
  private readonly asked = new Map<string, Probe>();
  private readonly answers = new Map<string, ProbeResult>();
  private givenUp = false;

  /** What is known of it; undefined: nothing yet, and from now on somebody wants to know. */
  ask(probe: Probe): ProbeResult | undefined {
    const key = keyOf(probe);
    const answer = this.answers.get(key);
    if (!answer) this.asked.set(key, probe);
    return answer;
  }

  /** The same for somebody who can do without. */
  known(probe: Probe): ProbeResult | undefined {
    return this.answers.get(keyOf(probe));
  }

  /** Nobody has asked for anything. */
  get isEmpty(): boolean {
    return this.asked.size === 0 && this.answers.size === 0;
  }

  /** What somebody waits for. */
  get wanted(): readonly Probe[] {
    return this.givenUp ? [] : [...this.asked.values()];
  }

  note(probe: Probe, result: ProbeResult): void {
    this.asked.delete(keyOf(probe));
    this.answers.set(keyOf(probe), result);
    this.version++;
  }

  /** The world has changed: what was tried out before says nothing of it. */
  renew(): void {
    this.asked.clear();
    this.answers.clear();
    this.givenUp = false;
    this.version++;
  }

  /** Nothing more can be found out about the world as it is. */
  giveUp(): void {
    this.givenUp = true;
  }
}

const keyOf = (probe: Probe): string => JSON.stringify(probe);
