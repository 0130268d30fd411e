import { applyPatches, enablePatches } from 'immer';
import type { RecordId } from '../../lab/feed/feed.ts';
import type { FetchedPage, ProjectOutline, ViewMoment } from '../../lab/messages.ts';
import type { LabView } from '../../lab/view/lab-view.ts';
import { EMPTY_VIEW } from '../../lab/view/empty-view.ts';
import type { Language } from '../words/catalog.ts';
import type { Machine } from './machine.ts';
import { Signal } from './signal.ts';
import type { Subject } from './subject.ts';
import { TraceStore } from './trace-store.ts';
import { ViewHistory } from './view-history.ts';

enablePatches();

/** A file of the host, and a line in it, counted from 1. */
export interface FilePlace {
  readonly path: string;
  readonly line?: number;
}

/** A page, and from which machine it was asked for. */
export interface OpenedPage {
  readonly machine: 'host' | 'lan';
  readonly page: FetchedPage;
}

/** A compose file that lies open in the editor. */
export interface PlannedProject {
  readonly path: string;
  readonly outline: ProjectOutline;
}

export type ColorScheme = 'light' | 'dark';

/** What all parts of the page share: the machine's view and trace, what is pointed at, and how the learner likes it. */
export class LabSession {
  /** The machine as it is now. */
  readonly live = new Signal<LabView>(EMPTY_VIEW);
  /** Parts of it that many watch, and that change seldom. */
  readonly terminals = new Signal<LabView['terminals']>(EMPTY_VIEW.terminals);
  readonly report = new Signal<LabView['exercise']>(EMPTY_VIEW.exercise);
  /** The view that tables and details show: the live one, or that of the playhead's moment when it stands in the past. */
  readonly view = new Signal<LabView>(EMPTY_VIEW);
  readonly trace = new TraceStore();
  readonly history = new ViewHistory();
  /** The record up to which the picture has been stepped, -1 before the first one; null: nobody looks back. */
  readonly lookingBack = new Signal<RecordId | null>(null);
  readonly selected = new Signal<Subject | null>(null);
  /** What the pointer or the keyboard is at, anywhere. */
  readonly pointed = new Signal<Subject | null>(null);
  readonly language: Signal<Language>;
  readonly scheme: Signal<ColorScheme>;
  /** The file that some part of the page wants to be seen. */
  readonly file = new Signal<FilePlace | null>(null);
  /** The page that a play opened last, for whoever shows pages. */
  readonly opened = new Signal<OpenedPage | null>(null);
  /** What the compose file that lies open would make, and where it lies. */
  readonly planned = new Signal<PlannedProject | null>(null);
  /** The machine is there and can be typed to. */
  readonly ready = new Signal(false);
  /** The first prompt is drawn: what it didn't need may be loaded from now on. */
  readonly prompted = new Signal(false);
  /** When something was typed last, in milliseconds of the page's clock. */
  typed = Number.NEGATIVE_INFINITY;

  constructor(
    readonly machine: Machine,
    { language, scheme }: { readonly language: Language; readonly scheme: ColorScheme },
  ) {
    this.language = new Signal<Language>(language);
    this.scheme = new Signal<ColorScheme>(scheme);
    machine.listen((message) => {
      if (message.say === 'view-whole') this.see(message.view);
      else if (message.say === 'view') this.follow(message.moments);
      else if (message.say === 'trace') this.trace.add(message.chunk);
      else if (message.say === 'ready') this.ready.set(true);
      else if (message.say === 'page') this.opened.set({ machine: message.machine, page: message.page });
      else if (message.say === 'begin-again') this.forget();
    });
    this.lookingBack.watch(() => this.choose());
  }

  /** One moment after the other is kept; the last is how the machine is now. */
  private follow(moments: readonly ViewMoment[]): void {
    let view = this.live.value;
    for (const { time, patches } of moments) {
      if (patches.length > 0) view = applyPatches(view, [...patches]);
      this.history.push(view, time);
    }
    this.show(view);
  }

  private see(view: LabView): void {
    this.history.push(view, view.time);
    this.show(view);
  }

  private show(view: LabView): void {
    this.live.set(view);
    this.terminals.set(view.terminals);
    this.report.set(view.exercise);
    this.choose();
  }

  private choose(): void {
    const record = this.lookingBack.value;
    this.view.set(record === null ? this.live.value : this.viewAt(record));
  }

  /** The machine as it was when a record was written; -1: before the first packet. */
  viewAt(record: RecordId): LabView {
    const { trace, history } = this;
    if (record === -1) {
      const first = trace.records.find(({ journey }) => journey !== null);
      return (first && history.before(first.time)) ?? this.live.value;
    }
    const past = trace.record(record);
    return (past && history.of(past, trace.records)) ?? this.live.value;
  }

  private forget(): void {
    this.trace.clear();
    this.history.clear();
    this.lookingBack.set(null);
    this.selected.set(null);
    this.pointed.set(null);
    this.opened.set(null);
  }
}
