import type { Patch } from 'immer';
import type { Duration, SimTime } from '../sim/clock.ts';
import type { TraceChunk } from './feed/feed.ts';
import type { Exercise, Input as ExerciseInput } from '../scenario/course/exercise.ts';
import type { StuckAt } from '../scenario/player.ts';
import type { LabView } from './view/lab-view.ts';

/**
 * What crosses the wall between the page and the worker in which the machine runs. Everything is plain data. Questions carry a number,
 * and their answer the same.
 */
export type ToMachine =
  | { readonly do: 'start'; readonly from: SessionStart }
  | {
      readonly do: 'open-terminal';
      readonly terminal: number;
      readonly columns: number;
      readonly rows: number;
      readonly folder: string;
    }
  | { readonly do: 'close-terminal'; readonly terminal: number }
  | { readonly do: 'type'; readonly terminal: number; readonly text: string }
  | { readonly do: 'resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  /** Opens an exercise: its folder and files are made where they are missing, its checks begin. null: the sandbox. */
  | { readonly do: 'exercise'; readonly exercise: Exercise | null }
  /** Plays inputs one after the other, as a person would: a run button's, or a whole solution. An earlier play ends. */
  | { readonly do: 'play'; readonly inputs: readonly ExerciseInput[] }
  | { readonly do: 'stop-playing' }
  /** The page is hidden, or shown again: a hidden one needs no views. */
  | { readonly do: 'look'; readonly at: boolean }
  /** The first prompt is drawn: what it didn't need may be loaded now. Means nothing to a machine that is whole. */
  | { readonly do: 'load-rest' }
  /** The machine moves only up to this time, or to the next step of a packet, until told otherwise; null: with the clock on the wall. */
  | { readonly do: 'hold'; readonly until: SimTime | null }
  | { readonly do: 'ask'; readonly number: number; readonly question: Question };

/** Things that are answered. */
export type Question =
  | { readonly ask: 'list'; readonly folder: string }
  | { readonly ask: 'read'; readonly path: string }
  | { readonly ask: 'write'; readonly path: string; readonly content: string }
  | { readonly ask: 'make-folder'; readonly path: string }
  | { readonly ask: 'remove'; readonly path: string }
  | { readonly ask: 'rename'; readonly from: string; readonly to: string }
  /** What both composes would say of a compose file with this text at that path. */
  | { readonly ask: 'diagnose'; readonly path: string; readonly text: string }
  /** What bringing a compose file up would make. */
  | { readonly ask: 'outline'; readonly path: string; readonly text: string }
  /** What a browser on that machine gets. */
  | { readonly ask: 'fetch'; readonly machine: 'host' | 'lan'; readonly url: string }
  /** All text files of the home folder, for whoever keeps them. */
  | { readonly ask: 'home-files' }
  /** Takes back the last submitted line or saved file. */
  | { readonly ask: 'undo' }
  /** The host as it was at the beginning; files stay or go. */
  | { readonly ask: 'start-over'; readonly keepFiles: boolean };

/** The answers, by question. */
export interface Answers {
  readonly list: Failing<readonly FileEntry[]>;
  readonly read: Failing<string>;
  readonly write: Failing<null>;
  readonly 'make-folder': Failing<null>;
  readonly remove: Failing<null>;
  readonly rename: Failing<null>;
  readonly diagnose: readonly Diagnosis[];
  readonly outline: ProjectOutline;
  readonly fetch: FetchedPage;
  readonly 'home-files': Readonly<Record<string, string>>;
  /** What was taken back: the line or the file's path; null: there was nothing. */
  readonly undo: string | null;
  readonly 'start-over': null;
}

/** What a compose file would bring into being, and in which of its lines (from 1) it says so; empty where it can't be read. */
export interface ProjectOutline {
  readonly services: readonly {
    readonly name: string;
    readonly image: string | null;
    /** Keys of networks; empty where the mode says otherwise. */
    readonly networks: readonly string[];
    /** `host`, `none`, `bridge`, `service:x`, `container:x`; null: the networks above. */
    readonly networkMode: string | null;
    /** `1234:80`, as far as they are stated. */
    readonly ports: readonly string[];
    readonly line: number;
  }[];
  readonly networks: readonly {
    readonly name: string;
    readonly subnet: string | null;
    readonly external: boolean;
    /** null: it comes by itself (`default`). */
    readonly line: number | null;
  }[];
}

/** Something wrong in a compose file, in the words of the command that would say it. */
export interface Diagnosis {
  /** Offsets into the text. */
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Who says so. */
  readonly face: 'docker compose' | 'docker-compose';
}

export type Failing<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

export interface FileEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly size: number;
}

/** A page, or why there is none, as `fetch-page` of `programs` reports it. */
export type FetchedPage =
  | {
      readonly ok: true;
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
      /** Where the redirects, if any, have led. */
      readonly url: string;
      /** Who answered. */
      readonly address: string;
      /** From the beginning of the request to the end of the answer, in the machine's time. */
      readonly seconds: number;
    }
  | { readonly ok: false; readonly error: string; readonly url: string };

/** How a session begins: fresh, or from a saved log. */
export interface SessionStart {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  /** Path from / to text: what stands there before the first input. */
  readonly files: Readonly<Record<string, string>>;
  /** What stands there instead if the log can't be followed: the files as they were at last. */
  readonly rescue: Readonly<Record<string, string>>;
  /** Those that the log opens. */
  readonly exercises: readonly Exercise[];
  /** What came in so far, in order; empty for a fresh one. */
  readonly log: readonly LoggedInput[];
  /** How far the machine had got; 0 for a fresh one. */
  readonly time: SimTime;
}

/** One thing that came from outside, at which time of the machine. */
export type LoggedInput = { readonly at: SimTime } & (
  | { readonly open: number; readonly columns: number; readonly rows: number; readonly folder: string }
  | { readonly close: number }
  | { readonly type: number; readonly text: string }
  | { readonly resize: number; readonly columns: number; readonly rows: number }
  | { readonly write: string; readonly content: string }
  | { readonly makeFolder: string }
  | { readonly remove: string }
  | { readonly rename: string; readonly to: string }
  | { readonly fetch: string; readonly machine: 'host' | 'lan' }
  | { readonly exercise: string | null }
  /** What the machine had come to, as a number: a replay that comes to another one is not this session. */
  | { readonly check: number }
);

/** Why a saved session could not be gone on with: this build answers otherwise, or one of its inputs made no sense. Its files are there. */
export type SessionLoss = 'another build' | 'broken log';

/** What has changed in the view up to a moment: nothing, perhaps, which is news as well. */
export interface ViewMoment {
  readonly time: SimTime;
  readonly patches: readonly Patch[];
}

export type FromMachine =
  /** The machine is there; after a saved log has been played, or where that failed (`lost` says why). */
  | { readonly say: 'ready'; readonly time: SimTime; readonly lost: SessionLoss | null }
  | { readonly say: 'output'; readonly terminal: number; readonly text: string }
  /** The session began again (undo, start over): terminals are emptied, what follows fills them. */
  | { readonly say: 'begin-again' }
  /** What the view has come to since the last message, one moment after the other. */
  | { readonly say: 'view'; readonly moments: readonly ViewMoment[] }
  | { readonly say: 'view-whole'; readonly view: LabView }
  | { readonly say: 'trace'; readonly chunk: TraceChunk }
  /** New entries of the input log, for whoever keeps it: they stand from number `from` on, and what stood there has gone. */
  | { readonly say: 'log'; readonly entries: readonly LoggedInput[]; readonly from: number; readonly time: SimTime }
  /** A file of the home folder changed, was made or has gone. */
  | { readonly say: 'files-changed' }
  /** A wait of a foreground command was passed over. */
  | { readonly say: 'skipped'; readonly terminal: number; readonly duration: Duration }
  /** How far a play has come: the number of the input that comes next, and when it has ended, why it could not go on. */
  | {
      readonly say: 'playing';
      readonly position: number;
      readonly of: number;
      readonly done: boolean;
      readonly stuck: StuckAt['why'] | null;
    }
  /** A page that a play has opened. */
  | { readonly say: 'page'; readonly machine: 'host' | 'lan'; readonly page: FetchedPage }
  | { readonly say: 'answer'; readonly number: number; readonly answer: Answers[keyof Answers] }
  /** A fault of ours; the session goes on if it can. */
  | { readonly say: 'fault'; readonly message: string };
