/** A date in the Gregorian calendar, UTC. */
export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly monthName: string;
  readonly day: number;
  readonly weekday: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** @param date milliseconds since 1970 */
export function calendar(date: number): CalendarDate {
  const days = Math.floor(date / 86_400_000);
  const seconds = Math.floor((date - days * 86_400_000) / 1000);
  const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  let year = 1970;
  let left = days;
  for (; left >= (isLeap(year) ? 366 : 365); year++) left -= isLeap(year) ? 366 : 365;
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; left >= (lengths[month] as number); month++) left -= lengths[month] as number;
  return {
    year,
    month: month + 1,
    monthName: MONTHS[month] as string,
    day: left + 1,
    weekday: DAYS[(((days + 4) % 7) + 7) % 7] as string,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
}
