import { isInput } from '../../lab/replay-log.ts';
import type { LoggedInput } from '../../lab/messages.ts';

/** A session as it lies in the browser's storage. */
export interface SavedSession {
  readonly id: string;
  readonly seed: number;
  readonly startDate: number;
  /** What stood on the host before the first input. */
  readonly files: Readonly<Record<string, string>>;
  /** The host's home folder as it was at last, should the log not be followed by a later build. */
  readonly rescue: Readonly<Record<string, string>>;
  readonly log: readonly LoggedInput[];
  /** Where the machine was, in nanoseconds. */
  readonly time: number;
  /** Milliseconds since 1970 of the last change. */
  readonly changed: number;
}

/** Reads what storage has; null where it is not a session, whatever else it may be. */
export function readSession(value: unknown): SavedSession | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, seed, startDate, files, rescue, log, time, changed } = value as Record<string, unknown>;
  const numbers = [seed, startDate, time, changed].every((each) => typeof each === 'number' && Number.isFinite(each));
  if (typeof id !== 'string' || !numbers || !isFiles(files) || !isFiles(rescue)) return null;
  if (!Array.isArray(log) || !log.every(isInput)) return null;
  return value as SavedSession;
}

/** Whether something is a map from paths to texts. */
export const isFiles = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
