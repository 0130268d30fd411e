/** The calendar without the language's: days since 1970 to a civil date (proleptic Gregorian, UTC), and strftime(3). */
export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 is the first of January. */
  readonly yearDay: number;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const DAY = 86_400_000;

/** Milliseconds since 1970 as a date, by the arithmetic of years that begin in March. */
export function calendarTime(milliseconds: number): CalendarTime {
  const days = Math.floor(milliseconds / DAY);
  const rest = milliseconds - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(year, 1, 1) + 1,
  };
}

/** Days from 1970 to a date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear - 719_468;
}

const two = (n: number) => String(n).padStart(2, '0');

/** strftime(3) in the C locale, UTC. */
export function formatTime(format: string, milliseconds: number): string {
  const t = calendarTime(milliseconds);
  const month = MONTHS[t.month - 1] as string;
  const weekday = DAYS[t.weekday] as string;
  const hour12 = t.hour % 12 || 12;
  const one: Readonly<Record<string, () => string>> = {
    a: () => weekday.slice(0, 3),
    A: () => weekday,
    b: () => month.slice(0, 3),
    h: () => month.slice(0, 3),
    B: () => month,
    c: () => formatTime('%a %b %e %H:%M:%S %Y', milliseconds),
    C: () => two(Math.floor(t.year / 100)),
    d: () => two(t.day),
    D: () => formatTime('%m/%d/%y', milliseconds),
    e: () => String(t.day).padStart(2),
    F: () => formatTime('%Y-%m-%d', milliseconds),
    H: () => two(t.hour),
    I: () => two(hour12),
    j: () => String(t.yearDay).padStart(3, '0'),
    k: () => String(t.hour).padStart(2),
    l: () => String(hour12).padStart(2),
    m: () => two(t.month),
    M: () => two(t.minute),
    n: () => '\n',
    N: () => `${String(t.millisecond).padStart(3, '0')}000000`,
    p: () => (t.hour < 12 ? 'AM' : 'PM'),
    r: () => formatTime('%I:%M:%S %p', milliseconds),
    R: () => formatTime('%H:%M', milliseconds),
    s: () => String(Math.floor(milliseconds / 1000)),
    S: () => two(t.second),
    t: () => '\t',
    T: () => formatTime('%H:%M:%S', milliseconds),
    u: () => String(t.weekday || 7),
    w: () => String(t.weekday),
    x: () => formatTime('%m/%d/%y', milliseconds),
    X: () => formatTime('%H:%M:%S', milliseconds),
    y: () => two(t.year % 100),
    Y: () => String(t.year),
    z: () => '+0000',
    Z: () => 'UTC',
    '%': () => '%',
  };
  return format.replace(/%[-_0^#]?(3)?([A-Za-z%])/g, (all, three: string | undefined, letter: string) => {
    const text = one[letter]?.();
    if (text === undefined) return all;
    if (letter === 'N' && three) return text.slice(0, 3);
    return all[1] === '-' ? text.replace(/^[0 ]+(?=.)/, '') : text;
  });
}
