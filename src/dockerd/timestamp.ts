/** Nanoseconds of the calendar as RFC 3339 text, without zeros at the end: `2026-11-23T19:18:54.206274348Z`. */
export function formatTime(milliseconds: number, nanoseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  const seconds = Math.floor((milliseconds - days * 86_400_000) / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const { year, month, day } = civilDate(days);
  const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/, '');
  return `${year}-${two(month)}-${two(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** The Gregorian date so many days after 1970-01-01, by the era arithmetic of Howard Hinnant's public-domain paper. */
function civilDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Milliseconds of an RFC 3339 text in UTC. */
export function parseTime(text: string): number {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text.split(/[-T:.Z]/).map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const yearOfEra = y - era * 400;
  const days =
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
  return (days * 86_400 + hour * 3600 + minute * 60 + second) * 1000;
}

/** What a time that never came looks like. */
export const NEVER = '0001-01-01T00:00:00Z';
