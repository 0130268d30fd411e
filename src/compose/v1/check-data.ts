import { err, ok, type Result } from '../../base/result.ts';
import { type InterpolationError, interpolateTree } from '../load/interpolate.ts';
import { asData, type Data } from '../model/normalise.ts';
import { OLD_COMPOSE_FILE } from '../schema/compose-file.ts';
import { check, jsonTypeOf } from '../schema/shape.ts';
import { violationLines } from './violation-words.ts';

/** Interpolates the sections that take variables, and holds the data against the grammar. */
export function checkData(
  data: Data,
  shown: string,
  variables: ReadonlyMap<string, string>,
  warnings: string[],
): Result<Data, string> {
  for (const section of ['services', 'networks', 'volumes', 'secrets', 'configs']) {
    const wrong = sectionProblem(data[section], section, shown);
    if (wrong) return err(wrong);
  }
  const unset = new Set<string>();
  const interpolated = interpolateTree(data, variables, (name) => unset.add(name));
  if (!interpolated.ok) return err(interpolationWords(interpolated.error.path, interpolated.error.error));
  for (const name of unset) warnings.push(`The ${name} variable is not set. Defaulting to a blank string.`);
  const violations = check(OLD_COMPOSE_FILE, interpolated.value);
  if (violations.length === 0) return ok(interpolated.value as Data);
  return err(`The Compose file '${shown}' is invalid because:\n${violationLines(violations).join('\n')}`);
}

function sectionProblem(section: unknown, name: string, shown: string): string | null {
  if (section === undefined || section === null) return null;
  const singular = name.slice(0, -1);
  if (jsonTypeOf(section) !== 'object')
    return `In file '${shown}', ${singular} must be a mapping, not ${anglicised(section)}.`;
  for (const [key, value] of Object.entries(asData(section))) {
    if (jsonTypeOf(value) === 'object' || (name !== 'services' && value === null)) continue;
    return `In file '${shown}', ${singular} '${key}' must be a mapping not ${anglicised(value)}.`;
  }
  return null;
}

function interpolationWords(path: readonly (string | number)[], error: InterpolationError): string {
  const [section = '', name = '', ...rest] = path.map(String);
  const option = rest.join('.');
  const owner = `${section.replace(/s$/, '')} "${name}"`;
  if (error.what === 'required')
    return `Missing mandatory value for "${option}" option interpolating \${${error.name}:?${error.message}} in ${owner}: ${error.message}`;
  return `Invalid interpolation format for "${option}" option in ${owner}: "${error.text}"`;
}

function anglicised(value: unknown): string {
  const type = jsonTypeOf(value);
  const word = type === 'null' ? 'null value' : type === 'number' && Number.isInteger(value) ? 'integer' : type;
  return `${/^[aio]/.test(word) ? 'an' : 'a'} ${word}`;
}
