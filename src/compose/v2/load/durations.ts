import { type Problem, problemAt } from '../problem.ts';
import { isTree, type Tree } from './tree.ts';

/** A span of time as compose-go's str2duration reads it: days and weeks too. */
const SPAN =
  /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))*$/;

const HEALTHCHECK = ['interval', 'timeout', 'start_period', 'start_interval'];

/** The grammar takes any text for a span of time; what is none is noticed as the project is made of the data. */
export function durationProblem(project: Tree): Problem | null {
  const services = project['services'];
  if (!isTree(services)) return null;
  const wrong = Object.entries(services).flatMap(([name, service]) => {
    if (!isTree(service)) return [];
    const healthcheck = isTree(service['healthcheck']) ? service['healthcheck'] : {};
    return [
      ...HEALTHCHECK.map((key) => ({ name, keys: ['healthcheck', key], value: healthcheck[key] })),
      { name, keys: ['stop_grace_period'], value: service['stop_grace_period'] },
    ].filter(({ value }) => value !== undefined && value !== null && value !== '0' && !SPAN.test(String(value)));
  });
  const [first] = wrong;
  if (!first) return null;
  const lines = wrong.map(
    ({ name, keys, value }) =>
      `'services[${name}].${keys.join('.')}' time: invalid duration ${JSON.stringify(String(value))}`,
  );
  return problemAt(
    ['services', first.name, ...first.keys],
    `decoding failed due to the following error(s):\n\n${lines.join('\n')}`,
  );
}
