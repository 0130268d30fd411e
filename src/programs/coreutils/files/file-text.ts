import type { FileType, Stat } from '../../../kernel/syscalls/file.ts';
import { formatTime } from '../strftime.ts';

/** Facts of a file as ls, stat and find print them. */

const TYPES: Readonly<Record<FileType, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  pipe: 'p',
  socket: 's',
  character: 'c',
};

/** `drwxr-xr-x`. */
export function modeText({ type, mode }: Pick<Stat, 'type' | 'mode'>): string {
  const bits = type === 'symlink' ? 0o777 : mode;
  const three = (shift: number, special: boolean, letter: string) => {
    const x = (bits >> shift) & 1;
    return `${(bits >> shift) & 4 ? 'r' : '-'}${(bits >> shift) & 2 ? 'w' : '-'}${special ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-'}`;
  };
  return (
    TYPES[type] +
    three(6, (bits & 0o4000) !== 0, 's') +
    three(3, (bits & 0o2000) !== 0, 's') +
    three(0, (bits & 0o1000) !== 0, 't')
  );
}

/** 512, 1.5K, 243M. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  const units = 'KMGTP';
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 9.95 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${units[unit]}`;
}

const HALF_YEAR = 15_778_476_000;

/** `Nov 24 12:43`, and with the year instead of the time what is older than half a year. */
export function timeText(modified: number, now: number): string {
  return modified > now - HALF_YEAR && modified <= now + 60_000
    ? formatTime('%b %e %H:%M', modified)
    : formatTime('%b %e  %Y', modified);
}
