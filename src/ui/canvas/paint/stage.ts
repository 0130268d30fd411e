import type { LabSession } from '../../session/lab-session.ts';
import type { Subject } from '../../session/subject.ts';
import { labelsOf } from '../draw/captions.ts';
import { drawMoment } from '../draw/draw-moment.ts';
import { drawScene } from '../draw/draw-scene.ts';
import { pagePalette, type Palette } from '../draw/palette.ts';
import type { Shape } from '../draw/shape.ts';
import type { Rect } from '../layout/geometry.ts';
import { browserMeasure } from '../layout/browser-measure.ts';
import type { Layout } from '../layout/layout.ts';
import { layoutFor } from '../layout/layout-for.ts';
import type { Measure } from '../layout/measure.ts';
import { Slots } from '../layout/slots.ts';
import { Ways } from '../layout/ways.ts';
import type { PageFonts } from '../page-fonts.ts';
import type { Playback } from '../playhead/playback.ts';
import { buildScene } from '../scene/build-scene.ts';
import { plannedOf } from '../scene/planned.ts';
import type { Depth, Scene } from '../scene/scene.ts';
import { CANVAS_WORDS } from '../words/words.ts';
import { fitted, following, kept, moved, pictureAt, refitted, zoomed } from './camera.ts';
import { listenToGestures } from './gestures.ts';
import { subjectAt } from './hit.ts';
import type { Camera, Painter } from './painter.ts';
import { TokenPlaces } from './token-places.ts';

/** Longer than this a frame didn't take: the page was asleep. */
const LONGEST_FRAME = 100;
const CALM = 220;
/** A frame for which the page has waited longer than this, in milliseconds, is too much for the machine that paints it. */
const SLOW = 34;
const LONGEST_REST = 120;
/** Where the processor paints: how long it rests between two frames of what moves, and after a key, whose echo goes first. */
const BREATH = 24;
const KEY_REST = 60;
/** How much of the way to a packet the camera goes in a frame. */
const FOLLOWING = 0.12;

/** Brings a session onto a painter: builds the picture when something has changed, and paints no frame in which nothing has. */
export class Stage {
  scene: Scene | null = null;
  layout: Layout | null = null;
  depth: Depth = 'plumbing';
  /** Nothing moves: the story stands from step to step. */
  private still = false;
  /** It was clicked, so the wheel is its own. */
  active = false;
  private ways: Ways | null = null;
  private readonly slots = new Slots();
  private readonly places = new TokenPlaces();
  private readonly measure: Measure;
  private shapes: readonly Shape[] = [];
  private labels: readonly Rect[] = [];
  private all: readonly Shape[] = [];
  private camera: Camera = { x: 0, y: 0, scale: 1 };
  /** Who aims the camera: all that there is, the packets where that is more than the pane holds, or the learner. */
  private aimedBy: 'picture' | 'packets' | 'learner' = 'picture';
  private size = { width: 0, height: 0 };
  private palette: Palette;
  private frameAsked = 0;
  private lastFrame: number | null = null;
  private asked = 0;
  /** How long the page is left alone before the next frame is asked for, in milliseconds. */
  private rest = 0;
  private resting: ReturnType<typeof setTimeout> | null = null;
  private painting = false;
  private stale: 'all' | 'moment' | 'nothing' = 'all';
  private shown = false;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly session: LabSession,
    private readonly playback: Playback,
    readonly painter: Painter,
    fonts: PageFonts,
  ) {
    this.measure = browserMeasure(fonts);
    this.palette = pagePalette();
    const renew = () => this.wake('all');
    const retell = () => this.wake('moment');
    this.stops.push(
      playback.world.watch(renew),
      session.language.watch(renew),
      session.planned.watch(renew),
      session.scheme.watch(() => {
        this.palette = pagePalette();
        renew();
      }),
      session.selected.watch(retell),
      session.pointed.watch(retell),
      playback.changed.watch(retell),
      playback.followed.watch(retell),
      listenToGestures(painter.surface, this.gestures()),
    );
    painter.surface.addEventListener('webglcontextrestored', retell);
    this.stops.push(() => painter.surface.removeEventListener('webglcontextrestored', retell));
  }

  setStill(still: boolean): void {
    this.still = still;
    this.playback.playhead.stepped = still;
    this.show(this.shown);
  }

  /** Not in sight: nothing is painted, and the story goes on untold. */
  show(visible: boolean): void {
    this.shown = visible;
    this.playback.watched = visible && !this.still;
    this.lastFrame = null;
    if (visible) this.wake('all');
  }

  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.size = { width, height };
    this.painter.resize(width, height);
    this.wake('all');
  }

  setDepth(depth: Depth): void {
    this.depth = depth;
    this.aimedBy = 'picture';
    this.wake('all');
  }

  fit(): void {
    this.aimedBy = 'picture';
    this.wake('all');
  }

  zoomBy(factor: number): void {
    this.aim(zoomed(this.camera, { x: this.size.width / 2, y: this.size.height / 2 }, factor));
  }

  panBy(dx: number, dy: number): void {
    this.aim(moved(this.camera, dx, dy));
  }

  /** Everything that is drawn now, for saving it. */
  snapshot(): {
    readonly shapes: readonly Shape[];
    readonly layout: Layout;
    readonly palette: Palette;
    readonly places: TokenPlaces;
  } | null {
    return this.layout ? { shapes: this.all, layout: this.layout, palette: this.palette, places: this.places } : null;
  }

  destroy(): void {
    cancelAnimationFrame(this.frameAsked);
    if (this.resting !== null) clearTimeout(this.resting);
    this.stops.forEach((stop) => stop());
    this.playback.watched = false;
    this.painter.destroy();
  }

  wake(stale: 'all' | 'moment' | 'nothing'): void {
    if (stale === 'all' || this.stale === 'nothing') this.stale = stale;
    if (!this.shown || this.frameAsked !== 0) return;
    const { pause } = this;
    if (pause === 0) this.ask();
    else this.resting ??= setTimeout(() => this.ask(), pause);
  }

  /** For how long the next frame has to wait: what others have changed is shown at once, what moves by itself takes its rest. */
  private get pause(): number {
    const typing = this.painter.isSlow ? this.session.typed + KEY_REST - performance.now() : 0;
    return Math.max(0, typing, this.painting ? this.rest : 0);
  }

  private ask(): void {
    if (this.resting !== null) clearTimeout(this.resting);
    this.resting = null;
    this.asked = performance.now();
    this.frameAsked = requestAnimationFrame((now) => this.frame(now));
  }

  private frame(now: number): void {
    this.frameAsked = 0;
    // Where painting is slow, typing goes before it: the page has as long for itself as a frame takes.
    const waited = performance.now() - this.asked;
    const least = this.painter.isSlow ? BREATH : 0;
    this.rest = waited > SLOW ? Math.min(LONGEST_REST, Math.max(least, waited)) : least;
    if (this.pause > 0) {
      this.wake('nothing');
      return;
    }
    if (!this.shown || this.size.width === 0) return;
    const passed = this.lastFrame === null ? 0 : Math.min(LONGEST_FRAME, now - this.lastFrame);
    this.lastFrame = now;
    this.painting = true;
    const played = this.playback.tick(passed);
    if (this.stale === 'all') this.rebuild();
    if (this.stale !== 'nothing') this.retell();
    const { ways } = this;
    if (ways) {
      this.places.update(this.playback.playhead, ways, this.playback.followed.value);
      this.painter.showTokens(this.places.tokens, this.places.count);
      this.followPacket();
    }
    const moving = this.painter.frame(now);
    const { playing, atEnd } = this.playback.playhead;
    if (moving || played || (playing && (!atEnd || this.playback.hold.on))) this.wake('nothing');
    else this.lastFrame = null;
    this.painting = false;
  }

  /** Where not all of the picture is in the pane, its first packet is. */
  private followPacket(): void {
    const { layout, size, camera } = this;
    const first = this.places.tokens[0];
    if (this.aimedBy === 'learner' || this.places.count === 0 || !layout || !first) return;
    const next = following(camera, first, { picture: layout, pane: size, pace: this.still ? 1 : FOLLOWING });
    if (next === camera) return;
    this.camera = next;
    this.aimedBy = 'packets';
    this.painter.look(next);
  }

  private rebuild(): void {
    const words = CANVAS_WORDS[this.session.language.value];
    const world = this.playback.world.value;
    this.scene = buildScene(world, this.depth, plannedOf(this.session, world));
    this.layout = layoutFor(this.scene, this.size, this.slots);
    this.ways = new Ways(this.layout);
    this.shapes = drawScene({ scene: this.scene, layout: this.layout, words, measure: this.measure });
    this.labels = labelsOf(this.shapes, this.measure);
    this.camera = this.aimedAnew(this.layout);
    this.painter.look(this.camera);
    this.stale = 'moment';
  }

  /** Where to look once the picture or its pane has changed. */
  private aimedAnew(layout: Layout): Camera {
    const { camera, size } = this;
    switch (this.aimedBy) {
      case 'picture':
        return fitted(layout, size);
      case 'packets':
        return refitted(camera, layout, size);
      case 'learner':
        return kept(camera, layout, size);
    }
  }

  private retell(): void {
    const { layout, ways, session, playback } = this;
    this.stale = 'nothing';
    if (!layout || !ways) return;
    const { playhead } = playback;
    const moment = drawMoment({
      layout,
      ways,
      still: this.shapes,
      labels: this.labels,
      beat: playhead.through ? undefined : playhead.beat,
      talks: playhead.legible,
      followed: playback.followed.value,
      marks: playback.marks,
      selected: session.selected.value,
      pointed: session.pointed.value,
      words: CANVAS_WORDS[session.language.value],
      measure: this.measure,
    });
    this.all = [...this.shapes, ...moment];
    this.painter.show(this.shapes, moment, this.palette, this.still ? 0 : CALM);
  }

  private aim(camera: Camera): void {
    if (!this.layout) return;
    this.camera = kept(camera, this.layout, this.size);
    this.aimedBy = 'learner';
    this.painter.look(this.camera);
    this.wake('nothing');
  }

  private gestures(): Parameters<typeof listenToGestures>[1] {
    const find = (at: { x: number; y: number }): Subject | null => this.find(at);
    return {
      isActive: () => this.active,
      pan: (dx, dy) => this.aim(moved(this.camera, dx, dy)),
      zoom: (at, factor) => this.aim(zoomed(this.camera, at, factor)),
      point: (at) => this.session.pointed.set(at && find(at)),
      choose: (at) => this.session.selected.set(find(at)),
    };
  }

  /** What is at a point of the pane: a packet before what stands behind it. */
  private find(at: { x: number; y: number }): Subject | null {
    const point = pictureAt(this.camera, at);
    const journey = this.places.at(point);
    if (journey !== null) return { kind: 'journey', journey };
    return subjectAt(this.all, point, this.measure);
  }
}
