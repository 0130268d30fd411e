import { parseDuration } from '../../base/go-duration.ts';

/**
 * A time that a flag gives, as the API takes it: seconds since 1970 with nanoseconds. `10m` counts back from now;
 * also RFC 3339 and a plain number of seconds (moby api/types/time GetTimestamp). null where it is none of them.
 */
export function timestamp(text: string, now: number): string | null {
  const span = parseDuration(text);
  if (span !== null) return seconds(now * 1e6 - span);
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = daysSince1970(Number(year), Number(month), Number(day));
  const offset = zone === undefined || zone === 'Z' ? 0 : zoneSeconds(zone);
  const total = days * 86_400 + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0) - offset;
  return `${total}.${(fraction ?? '.').slice(1).padEnd(9, '0').slice(0, 9)}`;
}

function seconds(nanoseconds: number): string {
  const whole = Math.floor(nanoseconds / 1e9);
  return `${whole}.${String(Math.floor(nanoseconds - whole * 1e9)).padStart(9, '0')}`;
}

function zoneSeconds(zone: string): number {
  const [hours, minutes] = zone.slice(1).split(':').map(Number) as [number, number];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** Hinnant's days_from_civil. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
