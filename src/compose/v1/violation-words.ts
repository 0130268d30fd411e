import type { JsonType, Path, Violation } from '../schema/shape.ts';
import { pythonRepr } from './python-repr.ts';

/** docker-compose's advice about Compose file versions (compose/const.py, VERSION_EXPLANATION). */
export const VERSION_EXPLANATION =
  'You might be seeing this error because you\'re using the wrong Compose file version. Either specify a supported version (e.g "2.2" or "3.3") and place your service definitions under the `services` key, or omit the `version` key and place your service definitions at the root of the file to use version 1.\nFor more on the Compose file format versions, see https://docs.docker.com/compose/compose-file/';

/** Options that are easily taken for others (compose/config/validation.py, DOCKER_CONFIG_HINTS). */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['cpu_share', 'cpu_shares'],
  ['add_host', 'extra_hosts'],
  ['hosts', 'extra_hosts'],
  ['extra_host', 'extra_hosts'],
  ['device', 'devices'],
  ['link', 'links'],
  ['memory_swap', 'memswap_limit'],
  ['port', 'ports'],
  ['privilege', 'privileged'],
  ['priviliged', 'privileged'],
  ['privilige', 'privileged'],
  ['volume', 'volumes'],
  ['workdir', 'working_dir'],
]);

/**
 * What is wrong, a line for each thing, in docker-compose 1.29's words (compose/config/validation.py): alternatives object
 * once, an object once to all the keys that it doesn't know.
 */
export function violationLines(violations: readonly Violation[]): readonly string[] {
  const said = new Set<string>();
  const lines = violations.flatMap((violation) => {
    const [outer] = violation.alternativesAt ?? [];
    const place = JSON.stringify([outer ?? violation.path, outer === undefined && groupOf(violation)]);
    if (outer !== undefined || groupOf(violation) !== null) {
      if (said.has(place)) return [];
      said.add(place);
    }
    return [outer === undefined ? words(violation, violations) : alternativeWords(violation, outer)];
  });
  return lines.toSorted((a, b) => (a < b ? -1 : 1));
}

/** What is told of several at once. */
const groupOf = ({ what }: Violation): string | null =>
  what === 'unknown key' || what === 'bad key' || what === 'missing key' ? what : null;

function words(violation: Violation, all: readonly Violation[]): string {
  const place = placeOf(violation.path);
  const alike = all.flatMap((each) => (each.what === violation.what && samePath(each, violation) ? [each] : []));
  switch (violation.what) {
    case 'unknown key':
      return unknownKeyWords(violation.path, alike.flatMap((each) => ('key' in each ? [each.key] : [])).toSorted());
    case 'missing key':
      return `${place} is invalid, ${alike.flatMap((each) => ('key' in each ? [each.key] : [])).join(', ')} is required.`;
    case 'bad key':
      if (place === 'services')
        return `Invalid service name '${violation.key}' - only [a-zA-Z0-9\\._\\-] characters are allowed`;
      return `${place} value ${pythonRepr(violation.key)} does not match any of the regexes: '${violation.pattern.source}'`;
    case 'wrong type':
      return `${place} contains an invalid type, it should be ${typeWords(violation.expected)}`;
    case 'wrong format':
      return violation.format === 'subnet'
        ? `${place} is invalid: should use the CIDR format`
        : `${place} contains an invalid type, it should be ${typeWords(violation.expected)}`;
    case 'not a choice':
      return `${place} value ${pythonRepr(violation.found)} is not one of ${pythonRepr(violation.choices)}`;
    case 'no match':
      return `${place} value ${pythonRepr(violation.found)} does not match '${violation.pattern.source}'`;
    case 'too small':
      return `${place} value ${violation.found} is less than the minimum of ${violation.bound}`;
    case 'too large':
      return `${place} value ${violation.found} is greater than the maximum of ${violation.bound}`;
    case 'not unique':
      return `${place} value ${pythonRepr(violation.found)} has non-unique elements`;
  }
}

const samePath = (a: Violation, b: Violation) => JSON.stringify(a.path) === JSON.stringify(b.path);

/** The top and the services have words of their own; elsewhere it is the schema library that speaks. */
function unknownKeyWords(path: Path, keys: readonly string[]): string {
  const listed = `${keys.map(pythonRepr).join(', ')} ${keys.length === 1 ? 'does' : 'do'} not match any of the regexes: '^x-'`;
  if (path.length === 0) return `${listed}\n\n${VERSION_EXPLANATION}`;
  if (path.length !== 2 || path[0] !== 'services') return `${placeOf(path)} value ${listed}`;
  const [key = ''] = keys;
  const hint = HINTS.get(key);
  return `Unsupported config option for ${placeOf(path)}: '${key}'${hint === undefined ? '' : ` (did you mean '${hint}'?)`}`;
}

/**
 * The first objection of the alternatives at a place (_parse_oneof_validator). An unknown key is told where the innermost
 * alternatives of two stood, a value by its own place.
 */
function alternativeWords(violation: Violation, outer: Path): string {
  const [, inner = outer] = violation.alternativesAt ?? [];
  switch (violation.what) {
    case 'unknown key':
      return `${placeOf(inner)} contains unsupported option: '${violation.key}'`;
    case 'bad key':
      return `${placeOf(inner)} contains unsupported option: '${violation.key}'`;
    case 'missing key':
      return `${placeOf(inner)} '${violation.key}' is a required property`;
    case 'not unique':
      return `${placeOf(violation.path)} contains non-unique items, please remove duplicates from ${pythonRepr(violation.found)}`;
    case 'wrong type':
    case 'wrong format':
      return violation.path.length === outer.length
        ? `${placeOf(outer)} contains an invalid type, it should be ${typeWords(violation.expected)}`
        : unfitWords(violation.path, violation.found, violation.expected);
    case 'not a choice':
      return unfitWords(violation.path, violation.found, violation.choices);
    case 'no match':
      return unfitWords(violation.path, violation.found, [violation.pattern.source]);
    case 'too small':
    case 'too large':
      return unfitWords(violation.path, violation.found, [String(violation.bound)]);
  }
}

/** Whatever is wrong with a value inside of alternatives is called its type. */
const unfitWords = (path: Path, found: unknown, wanted: readonly string[]): string =>
  `${placeOf(path)} contains ${JSON.stringify(found)}, which is an invalid type, it should be ${typeWords(wanted)}`;

/** List positions are left out: `services.web.ports`. */
function placeOf(path: Path): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

/** "a string", "a number, or an object". Only the first and the last get their article, as the original's join does. */
function typeWords(types: readonly (JsonType | string)[]): string {
  const anglicised = (type: string) => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
  const first = anglicised(types[0] ?? 'string');
  if (types.length <= 1) return first;
  return `${[first, ...types.slice(1, -1)].join(', ')}, or ${anglicised(types.at(-1) as string)}`;
}
