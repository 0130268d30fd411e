import { err, ok, type Result } from '../../base/result.ts';

/** The fields of a head, as they came, in their order (RFC 9110 section 5). */
export type Headers = readonly (readonly [name: string, value: string])[];

/** The first value of a field, whatever the case of its name. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/** Whether a field that lists words has this one: `Connection: keep-alive, upgrade`. */
export function headerHas(headers: Headers, name: string, word: string): boolean {
  const wanted = name.toLowerCase();
  return headers.some(
    ([each, value]) =>
      each.toLowerCase() === wanted && value.split(',').some((part) => part.trim().toLowerCase() === word),
  );
}

/** One line of a head; the name is a token (RFC 9110 section 5.6.2), nothing stands between it and the colon. */
export function parseHeaderLine(line: string): Result<readonly [name: string, value: string], 'bad header'> {
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(line);
  return match ? ok([match[1] as string, match[2] as string]) : err('bad header');
}

export const formatHeaders = (headers: Headers): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
