import type { Place } from '../../../sim/trace.ts';
import type { Rule } from './rule.ts';

/** A chain of rules: built in, with a policy, or made by somebody, with references to it. */
export class Chain implements Place {
  rules: readonly Rule[] = [];
  packets = 0;
  bytes = 0;
  /** Rules that jump here. */
  references = 0;
  readonly placeName: string;

  constructor(
    public name: string,
    /** null: not built in. */
    public policy: 'ACCEPT' | 'DROP' | null,
    table: string,
    machine: string,
  ) {
    this.placeName = `${machine}:${table}/${name}`;
  }
}
