import type { JsonType, Path, Violation } from '../schema/shape.ts';

/** A violation of the grammar in docker-compose 1.29's words (compose/config/validation.py). */
export function violationWords(violation: Violation): string {
  const place = placeOf(violation.path);
  switch (violation.what) {
    case 'unknown key':
      return violation.path.length === 0
        ? `Invalid top-level property "${violation.key}". Valid top-level sections for this Compose file are: version, services, networks, volumes, secrets, configs, and extensions starting with "x-".`
        : `Unsupported config option for ${place}: '${violation.key}'`;
    case 'missing key':
      return `${place} is invalid, '${violation.key}' is required`;
    case 'bad key':
      return `Invalid ${singular(place)} name '${violation.key}' - only [a-zA-Z0-9\\._\\-] characters are allowed`;
    case 'wrong type':
    case 'wrong format':
      if (violation.what === 'wrong format' && violation.format === 'duration') {
        return `${place} contains an invalid duration '${String(violation.found)}'`;
      }
      return `${place} contains an invalid type, it should be ${typeWords(violation.expected)}`;
    case 'not a choice':
    case 'no match':
    case 'too small':
    case 'too large':
      return `${place} contains an invalid value`;
    case 'not unique': {
      const items = violation.found
        .map((each) => (typeof each === 'string' ? `'${each}'` : JSON.stringify(each)))
        .join(', ');
      return `${place} contains non-unique items, please remove duplicates from [${items}]`;
    }
  }
}

/** List positions are left out: `services.web.ports`. */
function placeOf(path: Path): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

function singular(section: string): string {
  return section.replace(/s$/, '');
}

/** "a string", "a number, or an object". Only the first and the last get their article, as the original's join does. */
function typeWords(types: readonly JsonType[]): string {
  const anglicised = (type: JsonType) => `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
  const named = types.filter((type) => type !== 'null');
  const first = anglicised(named[0] ?? 'string');
  if (named.length <= 1) return first;
  return `${[first, ...named.slice(1, -1)].join(', ')}, or ${anglicised(named.at(-1) as JsonType)}`;
}
