import type { HopRecord, JourneyId, RecordId } from '../../../lab/feed/feed.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import type { LabSession } from '../../session/lab-session.ts';
import { Signal } from '../../session/signal.ts';
import { shows } from '../../session/view-history.ts';
import { Hold } from './hold.ts';
import type { Mark } from './moment.ts';
import { KEPT_EVERY, Playhead, type Speed } from './playhead.ts';
import { Storyboard } from './storyboard.ts';

/** More than these are not kept: the oldest part of the story is forgotten. */
const MOST_BEATS = 60_000;
/** How much of it goes at once; the playhead keeps a moment for each `KEPT_EVERY` of them. */
const FORGOTTEN_BEATS = 256 * KEPT_EVERY;

const PLAYBACKS = new WeakMap<LabSession, Playback>();

/** The one playback of a session, which picture and timeline share. */
export function playbackOf(session: LabSession): Playback {
  let playback = PLAYBACKS.get(session);
  if (!playback) PLAYBACKS.set(session, (playback = new Playback(session)));
  return playback;
}

/** Ties the playhead to a session: feeds it the trace, tells the page's other parts when it looks back, and holds the machine. */
export class Playback {
  readonly story: Storyboard;
  readonly playhead: Playhead;
  /** Grows whenever the picture has something else to show. */
  readonly changed = new Signal(0);
  readonly hold: Hold;
  /** The machine as the picture shows it: as it was at the step that is told, or as it is once everything has been. */
  readonly world: Signal<LabView>;
  /** There are marks to be put away. */
  readonly marked = new Signal(false);
  /** Marks that have been put away. */
  private readonly dismissed = new Set<RecordId>();
  /** The packet that is followed: all others are only hinted at. */
  readonly followed = new Signal<JourneyId | null>(null);
  private read: RecordId = -1;

  constructor(private readonly session: LabSession) {
    const { trace } = session;
    this.story = new Storyboard({
      packet: (id) => trace.packet(id),
      journey: (id) => trace.journey(id),
      isPort: (namespace, device) =>
        (session.live.value.namespaces[namespace]?.devices[device]?.master ?? null) !== null,
    });
    this.playhead = new Playhead(this.story);
    this.hold = new Hold(session);
    this.world = new Signal(session.live.value);
    session.live.watch(() => this.see());
    trace.version.watch(() => this.take());
    this.take();
    session.lookingBack.watch((record) => this.showRecord(record));
  }

  /** A frame of the page: whether the picture has changed. */
  tick(milliseconds: number): boolean {
    const before = this.playhead.position;
    const moved = this.playhead.tick(milliseconds);
    if (this.playhead.playing && this.playhead.atEnd) this.hold.advance(milliseconds, this.playhead.speed);
    if (this.playhead.position !== before) this.tell();
    else if (moved) this.see();
    return moved;
  }

  play(): void {
    if (this.playhead.atEnd && !this.hold.on) this.playhead.seek(this.playhead.length);
    this.playhead.play();
    this.tell();
  }

  /** One of the playhead's moves, and the page is told. */
  go(move: (playhead: Playhead) => void): void {
    const { playhead } = this;
    move(playhead);
    if (playhead.atEnd && !playhead.playing && this.hold.on) this.hold.step();
    this.tell();
  }

  /** To what is now. */
  live(): void {
    this.playhead.seek(this.playhead.length);
    this.play();
  }

  setSpeed(speed: Speed): void {
    this.playhead.speed = speed;
    this.playhead.hurry();
    this.tell();
  }

  setHold(on: boolean): void {
    this.hold.set(on);
    this.tell();
  }

  toggle(): void {
    if (this.playhead.playing && (!this.playhead.atEnd || this.hold.on)) this.go((playhead) => playhead.pause());
    else this.play();
  }

  /** The marks that are to be seen now. */
  get marks(): readonly Mark[] {
    return this.playhead.moment.marks.filter(({ record }) => !this.dismissed.has(record));
  }

  /** Puts the marks away. */
  dismissAll(): void {
    for (const { record } of this.playhead.moment.marks) this.dismissed.add(record);
    this.tell();
  }

  private take(): void {
    const { records } = this.session.trace;
    if (records.length === 0) {
      this.restart();
      return;
    }
    const fresh = recordsAfter(records, this.read);
    if (fresh.length === 0) return;
    const wasAtEnd = this.playhead.atEnd;
    this.read = (fresh.at(-1) as HopRecord).id;
    this.story.extend(fresh);
    if (this.story.beats.length > MOST_BEATS) this.playhead.forget(FORGOTTEN_BEATS);
    if (wasAtEnd && !this.watched && !this.hold.on) this.playhead.seek(this.playhead.length);
    this.playhead.hurry();
    this.hold.heard();
    this.tell();
  }

  /** Somebody looks; while nobody does, the story isn't played but taken as told. */
  watched = false;

  private restart(): void {
    this.read = -1;
    this.story.clear();
    this.playhead.clear();
    this.dismissed.clear();
    this.tell();
  }

  /** What is played as it comes isn't looking back; standing in the past is. */
  private tell(): void {
    const { playhead } = this;
    this.marked.set(this.marks.length > 0);
    this.session.lookingBack.set(playhead.playing ? null : playhead.record);
    this.see();
    this.changed.set(this.changed.value + 1);
  }

  private see(): void {
    const { session, playhead } = this;
    const { beat } = playhead;
    const live = session.live.value;
    // Who has stepped to the end sees what is now, unless what the last step tells of has gone since.
    const isNow =
      playhead.through || (playhead.atEnd && beat?.moves.every(({ record }) => shows(live, record.place)) !== false);
    this.world.set(isNow ? live : session.viewAt(beat?.last ?? -1));
  }

  /** Another part of the page asks to see a record. */
  private showRecord(record: RecordId | null): void {
    const { playhead } = this;
    if (record === null || record === playhead.record) return;
    playhead.pause();
    playhead.seek(this.story.beatOf(record) + 1);
    this.see();
    this.changed.set(this.changed.value + 1);
  }
}

function recordsAfter(records: readonly HopRecord[], last: RecordId): readonly HopRecord[] {
  let from = records.length;
  while (from > 0 && (records[from - 1] as HopRecord).id > last) from--;
  return records.slice(from);
}
