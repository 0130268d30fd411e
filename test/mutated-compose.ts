import { Random } from '../src/sim/random.ts';

/** Compose files as learners, editors and attackers break them: one to three things go wrong with a file that was right. */

type Mutation = (text: string, random: Random) => string;

const pick = <T>(random: Random, all: readonly T[]): T => all[random.below(all.length)] as T;

function onLine(
  change: (line: string, random: Random, lines: readonly string[]) => string | readonly string[],
): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    return lines.flatMap((line, i) => (i === at ? change(line, random, lines) : [line])).join('\n');
  };
}

/** A value for a line's key: `key: value`. */
function valued(value: (random: Random) => string): Mutation {
  return onLine((line, random) =>
    /^\s*(?:- )?[\w.]+:/.test(line) ? line.replace(/:.*$/, `: ${value(random)}`) : `${line} ${value(random)}`,
  );
}

const VALUES = [
  '',
  '~',
  'true',
  'yes',
  '0',
  '-1',
  '1.5',
  '1e999',
  '99999999999999999999999999',
  '0x7fffffffffffffff',
  '.nan',
  '2001-12-14',
  '[]',
  '{}',
  '[[[]]]',
  '[1, "x", null]',
  '{a: {b: {c: 1}}}',
  '""',
  '"${"',
  '${UNSET}',
  '${UNSET:?no such thing}',
  '${UNSET?}',
  '${A-${B-${C}}}',
  '$$x$y$',
  '"99999:99999"',
  '"80:80:80:80"',
  '"[::1]:80:80/sctp"',
  '10.0.0.0/99',
  '300.300.300.300',
  '::/0',
  '../../../../etc/passwd',
  '5x',
  '1h1h',
  '!!binary "====" ',
  '!!int "x"',
  '!reset null',
  '!override []',
  '!unknown thing',
  '&a [*a]',
  '*nowhere',
  '|',
  '>-9',
  '"unclosed',
  "'it''s",
  '{a: 1, a: 2}',
  '? x',
];

const WORDS = [
  'services',
  'networks',
  'image',
  'imgae',
  'x-y',
  'constructor',
  '__proto__',
  'toString',
  '1',
  '<<',
  'ports',
];

const STRANGE = ['\u0000', '\u0007', '\u0085', '\u2028', '\uFEFF', '\uD800', '😀', 'é', '\u202E', '\t', '\r', '\u00A0'];

const wordIn = (text: string, random: Random) => pick(random, text.match(/[\w.-]+/g) ?? ['x']);

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a line is gone': onLine(() => []),
  'a line is doubled': onLine((line) => [line, line]),
  'a block is doubled': (text, random) => {
    const lines = text.split('\n');
    const [at, count] = [random.below(lines.length), 2 + random.below(8)];
    return [...lines.slice(0, at + count), ...lines.slice(at)].join('\n');
  },
  'another value': valued((random) => pick(random, VALUES)),
  'a huge value': valued((random) => pick(random, ['9', 'a', '[', '- ', 'a: ']).repeat(2000)),
  'another key': onLine((line, random) => line.replace(/[\w.-]+(?=:)/, pick(random, WORDS))),
  'a key more': onLine((line, random) => [
    line,
    `${/^ */.exec(line)?.[0] ?? ''}${pick(random, WORDS)}: ${pick(random, VALUES)}`,
  ]),
  'a key misspelt': onLine((line) => line.replace(/(\w)(\w)(?=\w*:)/, '$2$1')),
  'a colon is gone': onLine((line) => line.replace(':', '')),
  'a colon more': onLine((line) => line.replace(/:( |$)/, ': :$1')),
  'indented more': onLine((line, random) => ' '.repeat(1 + random.below(5)) + line),
  'indented less': onLine((line, random) => line.replace(new RegExp(`^ {1,${1 + random.below(3)}}`), '')),
  'indented by a tab': onLine((line) => line.replace(/^ {2}/, '\t')),
  'a dash more': onLine((line) => line.replace(/^( *)/, '$1- ')),
  'a dash is gone': onLine((line) => line.replace(/- /, '')),
  'cut off': (text, random) => text.slice(0, random.below(text.length)),
  'the beginning is gone': (text, random) => text.slice(random.below(text.length)),
  'a letter is gone': (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  'a letter more': (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + pick(random, [...'{}[]:-#&*!|>\'"%@`,?$\\ \n']) + text.slice(at);
  },
  'a strange letter': (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + pick(random, STRANGE) + text.slice(at);
  },
  'a word for another': (text, random) => text.replace(wordIn(text, random), wordIn(text, random)),
  'names swapped everywhere': (text, random) => text.replaceAll(wordIn(text, random), wordIn(text, random)),
  'lines of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'one more document': (text, random) => `${text}\n---\n${pick(random, VALUES)}\n`,
  'an alias bomb': (text) => {
    const levels = Array.from({ length: 12 }, (_, i) => `x-${i}: &b${i} [${`*b${i - 1},`.repeat(10)}]`);
    return ['x-: &b-1 [lol]', ...levels, text.replace(/command: .*/, 'command: *b11')].join('\n');
  },
  'an alias of itself': onLine((line) => line.replace(/:\s*$/, ': &self\n      self: *self')),
  'a merge of itself': onLine((line) => line.replace(/^( *)([\w.]+):\s*$/, '$1$2: &me\n$1  <<: *me')),
  'services extend each other': (text) =>
    text.replace(/^services:$/m, 'services:\n  e1: {extends: {service: e2}}\n  e2: {extends: e1}'),
  'the file extends itself': (text) =>
    text.replace(/^services:$/m, 'services:\n  e1: {extends: {file: compose.yaml, service: e1}}'),
  'the file includes itself': (text) => `include: [compose.yaml]\n${text}`,
  'services wait for each other': (text) =>
    text.replace(/^services:$/m, 'services:\n  d1: {image: x, depends_on: [d2]}\n  d2: {image: x, depends_on: [d1]}'),
  'services share each other’s network': (text) =>
    text.replace(
      /^services:$/m,
      'services:\n  n1: {image: x, network_mode: "service:n2"}\n  n2: {image: x, network_mode: "service:n1"}',
    ),
  'hundreds of services': (text) =>
    text.replace(
      /^services:$/m,
      `services:\n${Array.from({ length: 400 }, (_, i) => `  s${i}: {image: x, depends_on: [s${i + 1}]}`).join('\n')}`,
    ),
  'nested deep': (text, random) => `${text}\nx-deep: ${pick(random, ['[', '{a: '] as const).repeat(3000)}`,
};

export interface Mutated {
  readonly text: string;
  /** What was done to it. */
  readonly how: readonly string[];
}

export function mutated(text: string, random: Random): Mutated {
  const how = Array.from({ length: 1 + random.below(3) }, () => pick(random, Object.keys(MUTATIONS)));
  return { text: how.reduce((result, name) => (MUTATIONS[name] as Mutation)(result, random), text), how };
}
