import { check, type JsonType, type Path, type Shape, type Violation } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';

/**
 * The one objection that docker compose prints about data that doesn't fit: the deepest, of several the first
 * (compose-go schema/schema.go). null when all is well.
 */
export function objection(shape: Shape, value: unknown): Problem | null {
  const violations = check(shape, value, [], { alternatives: 'all' });
  let deepest: Violation | undefined;
  for (const each of violations) if (!deepest || depth(each) > depth(deepest)) deepest = each;
  if (!deepest) return null;
  const { path } = deepest;
  const words = wordsOf(deepest, violations);
  return problemAt(pathOf(deepest), `${path.join('.')} ${words}`);
}

/** A key that doesn't belong where it is counts as one step deeper. */
function depth(violation: Violation): number {
  return violation.path.length + (isUnknown(violation) ? 1 : 0);
}

const isUnknown = (violation: Violation) => violation.what === 'unknown key' || violation.what === 'bad key';

function pathOf(violation: Violation): Path {
  return violation.what === 'unknown key' || violation.what === 'bad key'
    ? [...violation.path, violation.key]
    : violation.path;
}

function wordsOf(violation: Violation, all: readonly Violation[]): string {
  switch (violation.what) {
    case 'unknown key':
    case 'bad key': {
      const keys = all.flatMap((each) =>
        (each.what === 'unknown key' || each.what === 'bad key') && samePath(each.path, violation.path)
          ? [each.key]
          : [],
      );
      return `additional properties ${[...new Set(keys)].map(quoted).join(', ')} not allowed`;
    }
    case 'missing key': {
      const keys = all.flatMap((each) =>
        each.what === 'missing key' && samePath(each.path, violation.path) ? [each.key] : [],
      );
      const [only, ...others] = [...new Set(keys)].map(quoted);
      return others.length === 0 ? `missing property ${only}` : `missing properties ${[only, ...others].join(', ')}`;
    }
    case 'wrong type':
      return `must be a ${typeWords(violation.expected)}`;
    case 'wrong format':
      return `${quoted(String(violation.found))} is not valid ${violation.format}`;
    case 'not a choice':
      return violation.choices.length === 1
        ? `value must be ${quoted(violation.choices[0] as string)}`
        : `value must be one of ${violation.choices.map(quoted).join(', ')}`;
    case 'no match':
      return `${quoted(violation.found)} does not match pattern ${quoted(violation.pattern.source)}`;
    case 'too small':
      return `must be greater than or equal to ${violation.bound}`;
    case 'too large':
      return `must be less than or equal to ${violation.bound}`;
    case 'not unique': {
      const texts = violation.found.map((each) => JSON.stringify(each));
      const later = texts.findIndex((text, i) => texts.indexOf(text) !== i);
      return `items at ${texts.indexOf(texts[later] as string)} and ${later} are equal`;
    }
  }
}

const samePath = (a: Path, b: Path) => a.length === b.length && a.every((part, i) => part === b[i]);
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** "string", "mapping", "number or string". */
function typeWords(types: readonly JsonType[]): string {
  const named = types.map((type) => (type === 'object' ? 'mapping' : type));
  if (named.length === 1) return named[0] as string;
  const sorted = named.toSorted();
  return `${sorted.slice(0, -1).join(', ')} or ${sorted.at(-1)}`;
}
