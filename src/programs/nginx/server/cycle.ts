import type { Fd, Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { calendarTime, twoDigits } from '../../../wire/http/date.ts';
import type { HttpConfig, Server } from '../config/http-config.ts';
import type { Listen } from '../config/listen.ts';
import type { UpstreamPeers } from './upstream-peers.ts';

export const VERSION = '1.30.6';

export const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/** An open log. */
export interface LogFile {
  readonly path: string;
  readonly fd: Fd;
}

/** A socket that listens, and the servers behind it; the first is the default one. */
export interface Listening {
  readonly listen: Listen;
  readonly fd: Fd;
  readonly servers: readonly { readonly listen: Listen; readonly server: Server }[];
}

/** A configuration in use: what master and workers share. */
export interface Cycle {
  readonly config: HttpConfig;
  readonly listening: readonly Listening[];
  readonly files: readonly LogFile[];
  readonly errorLog: { readonly path: string; readonly level: string };
  readonly peers: ReadonlyMap<string, UpstreamPeers>;
  readonly workers: number;
  readonly user: string;
  /** Counters in memory that all workers share. */
  readonly shared: { connections: number; requests: number; active: number };
}

/** `2026/11/23 19:18:12 [notice] 1#1: text`, to a log that is open; `level` says how much that log wants. */
export function* writeError(
  proc: Proc,
  log: { readonly fd: Fd; readonly level: string },
  level: Level,
  text: string,
): Sys<void> {
  const wanted = LEVELS.indexOf(log.level as Level);
  if (LEVELS.indexOf(level) > wanted) return;
  yield* proc.write(log.fd, `${logTime(proc.date())} [${level}] ${proc.pid}#${proc.pid}: ${text}\n`);
}

function logTime(date: number): string {
  const { year, month, day, hour, minute, second } = calendarTime(date);
  return `${year}/${twoDigits(month)}/${twoDigits(day)} ${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

/** Writes to the error log of a cycle. */
export function* logOf(proc: Proc, cycle: Cycle, level: Level, text: string): Sys<void> {
  const { path, level: wanted } = cycle.errorLog;
  const file = cycle.files.find((each) => each.path === path);
  if (file) yield* writeError(proc, { fd: file.fd, level: wanted }, level, text);
}
