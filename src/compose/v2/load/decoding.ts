import { parseByteSize } from '../../../base/byte-size.ts';
import { type Problem, problemAt } from '../problem.ts';
import { isTree, type Tree } from './tree.ts';

/** A span of time as compose-go's str2duration reads it: days and weeks too. */
const SPAN =
  /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))*$/;

const SPANS = [
  ...['interval', 'timeout', 'start_period', 'start_interval'].map((key) => ['healthcheck', key]),
  ['stop_grace_period'],
];
const SIZES = [
  ...['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size'].map((key) => [key]),
  ...['limits', 'reservations'].map((key) => ['deploy', 'resources', key, 'memory']),
];

/** The grammar takes any text for a span of time or a size; what is none is noticed as the project is made of the data. */
export function decodingProblem(project: Tree): Problem | null {
  const services = project['services'];
  if (!isTree(services)) return null;
  const wrong = Object.entries(services).flatMap(([name, service]) =>
    [
      ...SPANS.map((keys) => ({ name, keys, what: spanProblem(valueAt(service, keys)) })),
      ...SIZES.map((keys) => ({ name, keys, what: sizeProblem(valueAt(service, keys)) })),
    ].filter(({ what }) => what !== null),
  );
  const [first] = wrong;
  if (!first) return null;
  const lines = wrong.map(({ name, keys, what }) => `'services[${name}].${keys.join('.')}' ${what}`);
  return problemAt(
    ['services', first.name, ...first.keys],
    `decoding failed due to the following error(s):\n\n${lines.join('\n')}`,
  );
}

function spanProblem(value: unknown): string | null {
  if (value === undefined || value === null || value === '0' || SPAN.test(String(value))) return null;
  return `time: invalid duration ${JSON.stringify(String(value))}`;
}

function sizeProblem(value: unknown): string | null {
  return typeof value === 'string' && parseByteSize(value) === null ? `invalid size: '${value}'` : null;
}

function valueAt(service: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), service);
}
