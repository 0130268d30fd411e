import { formatTime } from '../coreutils/strftime.ts';

/** What stands in front of a line: the time of day, or what -t, -tt, … ask for. */
export class Timestamps {
  private first: number | null = null;
  private previous: number | null = null;

  /** @param style how often -t was given */
  constructor(private readonly style: number) {}

  /** @param time microseconds since 1970 */
  format(time: number): string {
    const [first, previous] = [this.first ?? time, this.previous ?? time];
    this.first = first;
    this.previous = time;
    switch (this.style) {
      case 0:
        return `${clock(time)} `;
      case 1:
        return '';
      case 2:
        return `${Math.floor(time / 1e6)}.${micro(time)} `;
      case 3:
        return ` ${clock(time - previous)} `;
      case 4:
        return `${formatTime('%Y-%m-%d', time / 1000)} ${clock(time)} `;
      default:
        return ` ${clock(time - first)} `;
    }
  }
}

const micro = (time: number): string => String(Math.floor(time % 1e6)).padStart(6, '0');

function clock(time: number): string {
  const seconds = Math.floor(time / 1e6);
  const part = (size: number, modulus: number) => String(Math.floor(seconds / size) % modulus).padStart(2, '0');
  return `${part(3600, 24)}:${part(60, 60)}:${part(1, 60)}.${micro(time)}`;
}
