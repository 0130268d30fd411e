import type { RecordId } from '../../../lab/feed/feed.ts';
import type { Beat } from './beat.ts';
import { after, FIRST_MOMENT, type Moment } from './moment.ts';
import type { Storyboard } from './storyboard.ts';

/** Every so many beats the moment is kept, so that any other is near one. */
export const KEPT_EVERY = 64;
/** How long a beat of weight 1 takes at speed 1, in milliseconds. */
const BEAT = 420;
/** What has happened is told within this time, however much it was. */
const CATCH_UP = 8000;
const LEAST_BEAT = 12;
/** How long a step stands where nothing is to move, in milliseconds at speed 1: long enough to read it. */
const STANDING = 1200;
/** What is shown for a shorter time can't be read, in milliseconds. */
const LEGIBLE = 120;

export type Speed = 0.25 | 0.5 | 1 | 2 | 4;
export const SPEEDS: readonly Speed[] = [0.25, 0.5, 1, 2, 4];

/**
 * Where in the story the picture stands: after `position` beats, the next one under way by `progress`. It plays, or waits for the learner.
 * Same position, same moment, however it was reached.
 */
export class Playhead {
  playing = true;
  /** Steps stand one after the other, and nothing is shown of what lies between them. */
  stepped = false;
  speed: Speed = 1;
  /** Beats that have been played. */
  position = 0;
  /** How far the beat at `position` has come, 0 to 1. */
  progress = 0;
  private readonly kept: Moment[] = [FIRST_MOMENT];
  private cached = { position: 0, moment: FIRST_MOMENT };
  /** How much faster than told at leisure, so as to catch up in time. */
  private haste = 1;
  /** For how long the step that stands has stood. */
  private stood = 0;

  constructor(readonly story: Storyboard) {}

  get length(): number {
    return this.story.beats.length;
  }

  get atEnd(): boolean {
    return this.position >= this.length;
  }

  /** It has been played to its end: nothing is on its way any more. */
  get through(): boolean {
    return this.playing && this.atEnd;
  }

  /** Whether beats last long enough for words to be read. */
  get legible(): boolean {
    return !this.playing || BEAT / this.haste / this.speed >= LEGIBLE;
  }

  /** The beat that is under way, or the last one where nothing is. */
  get beat(): Beat | undefined {
    return this.progress > 0 ? this.story.beats[this.position] : this.story.beats[this.position - 1];
  }

  /** The record up to which it has played, -1 before the first one; null: up to now. */
  get record(): RecordId | null {
    return this.atEnd ? null : (this.story.beats[this.position - 1]?.last ?? -1);
  }

  /** The moment after `position` beats. */
  get moment(): Moment {
    return this.momentAt(this.position);
  }

  momentAt(position: number): Moment {
    const { cached, kept } = this;
    let at = Math.min(Math.floor(position / KEPT_EVERY), kept.length - 1) * KEPT_EVERY;
    let moment = kept[at / KEPT_EVERY] as Moment;
    if (cached.position <= position && cached.position > at) {
      at = cached.position;
      moment = cached.moment;
    }
    while (at < position) {
      moment = after(moment, this.story.beats[at] as Beat);
      at++;
      if (at % KEPT_EVERY === 0 && at / KEPT_EVERY === kept.length) kept.push(moment);
    }
    this.cached = { position, moment };
    return moment;
  }

  /** Lets time pass; whether anything has changed. */
  tick(milliseconds: number): boolean {
    if (!this.playing || this.atEnd) return false;
    if (this.stepped) return this.stand(milliseconds);
    let left = milliseconds;
    while (left > 0 && !this.atEnd) {
      const takes = this.takes(this.story.beats[this.position] as Beat);
      const rest = (1 - this.progress) * takes;
      if (left < rest) {
        this.progress += left / takes;
        return true;
      }
      left -= rest;
      this.position++;
      this.progress = 0;
    }
    return true;
  }

  private stand(milliseconds: number): boolean {
    this.stood += milliseconds * this.speed;
    if (this.stood < STANDING) return false;
    this.seek(this.position + 1);
    return true;
  }

  /** After the story has grown: looks how fast it has to be told to be through in time. */
  hurry(): void {
    let rest = 0;
    for (let i = this.position; i < this.length; i++) rest += (this.story.beats[i] as Beat).weight * BEAT;
    this.haste = Math.max(1, rest / CATCH_UP);
  }

  play(): void {
    this.playing = true;
    this.hurry();
  }

  pause(): void {
    this.playing = false;
  }

  /** To a position; fractions are not kept. */
  seek(position: number): void {
    this.position = Math.max(0, Math.min(this.length, Math.round(position)));
    this.progress = 0;
    this.stood = 0;
  }

  hopForward(): void {
    this.pause();
    this.seek(this.position + 1);
  }

  hopBack(): void {
    this.pause();
    this.seek(this.progress > 0 ? this.position : this.position - 1);
  }

  /** To the next beat in which something begins: a packet's first step, or another command's. */
  nextPacket(): void {
    this.pause();
    this.seek(this.search((beat, i) => this.begins(beat, i)));
  }

  nextCommand(): void {
    this.pause();
    const command = this.story.beats[Math.max(0, this.position - 1)]?.command ?? null;
    this.seek(this.search((beat) => beat.command !== null && beat.command !== command));
  }

  /** The first beats of the story go: a multiple of `KEPT_EVERY`. Who stands in them stands at what is the beginning then. */
  forget(count: number): void {
    // The moments behind them are what the story begins with.
    this.momentAt(count);
    this.story.beats.splice(0, count);
    this.kept.splice(0, count / KEPT_EVERY);
    this.cached = { position: 0, moment: this.kept[0] as Moment };
    if (this.position < count) this.progress = 0;
    this.position = Math.max(0, this.position - count);
  }

  clear(): void {
    this.kept.length = 1;
    this.kept[0] = FIRST_MOMENT;
    this.cached = { position: 0, moment: FIRST_MOMENT };
    this.seek(0);
    this.playing = true;
  }

  private takes({ weight }: Beat): number {
    return Math.max(LEAST_BEAT, (weight * BEAT) / this.haste) / this.speed;
  }

  private search(wanted: (beat: Beat, index: number) => boolean): number {
    for (let i = this.position; i < this.length; i++) if (wanted(this.story.beats[i] as Beat, i)) return i + 1;
    return this.length;
  }

  private begins({ moves }: Beat, index: number): boolean {
    const { tokens } = this.momentAt(index);
    return moves.some(
      ({ token, journey }) => !tokens.has(token) && ![...tokens.values()].some((t) => t.move.journey === journey),
    );
  }
}
