import type { Move } from './beat.ts';

/** Once told, a step of the same kind at the same place is told this much faster. */
const REPEATED = 0.2;
/** How long each kind of step takes, where a cable takes 1. */
const WEIGHT: Readonly<Partial<Record<Move['kind'], number>>> = {
  transmit: 0.4,
  receive: 1,
  learn: 0.4,
  bridge: 0.6,
  route: 0.5,
  neighbor: 0.3,
  netfilter: 0.6,
  nat: 1,
  deliver: 0.6,
  drop: 1,
  dns: 1,
};
/** So many commands and quiet spells ago, something counts as new again. */
const MOST = 2000;

/** Tells what the learner has just seen from what is new: retransmissions, echo trains and the rest of a download are told quickly. */
export class Novelty {
  private readonly seen = new Map<string, number>();

  weigh(moves: readonly Move[]): number {
    return Math.max(...moves.map((move) => this.weighOne(move)));
  }

  private weighOne({ kind, from, to, face, end }: Move): number {
    const key = `${kind} ${from} ${to} ${face.kind} ${face.kind === 'tcp' ? face.title : ''} ${end ?? ''}`;
    const times = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, times);
    if (this.seen.size > MOST) this.seen.clear();
    return (WEIGHT[kind] ?? 0.5) * (times > 2 ? REPEATED : 1);
  }
}
