/** The progress meter on standard error (lib/progress.c). */

export const METER_HEAD = `  % Total    % Received % Xferd  Average Speed  Time    Time    Time   Current
                                 Dload  Upload  Total   Spent   Left   Speed
`;

export interface Progress {
  /** Bytes expected, where known. */
  readonly total: number | null;
  readonly received: number;
  readonly sent: number;
  readonly toSend: number | null;
  /** Seconds. */
  readonly spent: number;
}

export function meterLine({ total, received, sent, toSend, spent }: Progress): string {
  const time = Math.max(spent, 1e-6);
  const down = Math.floor(received / time);
  const up = Math.floor(sent / time);
  const all = (total ?? received) + (toSend ?? sent);
  const secondsFor = (size: number | null, speed: number) =>
    size === null || speed === 0 ? 0 : Math.floor(size / speed);
  const estimate = Math.max(secondsFor(total, down), secondsFor(toSend, up));
  const percent = (whole: number | null, part: number) =>
    whole === null || whole === 0 ? 0 : Math.floor((part * 100) / whole);
  const fields = [
    String(percent(all, received + sent)).padStart(3),
    sixWide(all),
    String(down > 0 ? percent(total, received) : 0).padStart(3),
    sixWide(received),
    String(up > 0 ? percent(toSend, sent) : 0).padStart(3),
    sixWide(sent),
    sixWide(down),
    sixWide(up),
    sevenWide(estimate),
    sevenWide(Math.floor(spent)),
    sevenWide(estimate > 0 ? estimate - Math.floor(spent) : 0),
    sixWide(down),
  ];
  return `\r${fields.join(' ')}`;
}

function sixWide(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(6);
  let value = bytes;
  for (const unit of 'kMGTPE') {
    const whole = Math.floor(value / 1024);
    const rest = value % 1024;
    if (whole <= 99)
      return `${String(whole).padStart(2)}.${String(Math.floor((rest * 100) / 1024)).padStart(2, '0')}${unit}`;
    if (whole < 1000) return `${String(whole).padStart(3)}.${Math.floor((rest * 10) / 1024)}${unit}`;
    value = whole;
  }
  return String(bytes);
}

function sevenWide(seconds: number): string {
  if (seconds <= 0) return '       ';
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  if (h > 9) return `${h}h ${two(m)}m`;
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `  ${two(m)}:${two(seconds % 60)}`;
}
