import { err, ok, type Result } from '../../../../base/result.ts';
import type { Chain } from '../chain.ts';
import type { Netfilter } from '../netfilter.ts';
import type { Rule } from '../rule.ts';
import type { Table, TableName } from '../table.ts';
import { listChain, type ListOptions } from './list-rules.ts';
import { type Complaint, refused, usage, Words } from './options.ts';
import { parseRule } from './parse-rule.ts';

const COMMANDS: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--delete': '-D',
  '--insert': '-I',
  '--replace': '-R',
  '--list': '-L',
  '--list-rules': '-S',
  '--flush': '-F',
  '--zero': '-Z',
  '--new-chain': '-N',
  '--new': '-N',
  '--delete-chain': '-X',
  '--policy': '-P',
  '--rename-chain': '-E',
  '--check': '-C',
};
const IS_COMMAND = /^-[ADIRLSFZNXPEC]$/;
const VERSION = 'iptables v1.8.13 (nf_tables)';

interface Request {
  readonly table: Table;
  readonly command: string;
  readonly words: Words;
  readonly options: ListOptions;
}

/** One iptables command line, carried out; what it printed and its exit status. */
export function runCommand(
  netfilter: Netfilter,
  args: readonly string[],
): { readonly exit: number; readonly out: string; readonly error: string } {
  if (args.includes('-V') || args.includes('--version')) return { exit: 0, out: `${VERSION}\n`, error: '' };
  const request = readRequest(netfilter, args);
  const done = request.ok ? carryOut(netfilter, request.value) : request;
  if (done.ok) return { exit: 0, out: done.value, error: '' };
  const { exit, text } = done.error;
  if (exit === 1) return { exit, out: '', error: `iptables: ${text}\n` };
  return {
    exit,
    out: '',
    error: `${VERSION}: ${text}\nTry \`iptables -h' or 'iptables --help' for more information.\n`,
  };
}

function readRequest(netfilter: Netfilter, args: readonly string[]): Result<Request, Complaint> {
  let tableName = 'filter';
  let command: string | null = null;
  const rest: string[] = [];
  const options = { verbose: false, numbers: false, exact: false, numeric: false };
  for (let i = 0; i < args.length; i++) {
    const arg = COMMANDS[args[i] as string] ?? (args[i] as string);
    const previous = args[i - 1] ?? '';
    if (arg === '-t' || arg === '--table') {
      tableName = args[++i] ?? '';
    } else if (/^-t[a-z]+$/.test(arg)) {
      tableName = arg.slice(2);
    } else if (arg === '-w' || arg === '--wait') {
      if (/^\d+$/.test(args[i + 1] ?? '')) i++;
    } else if (IS_COMMAND.test(arg) && !['-m', '--comment', '-s', '-d', '-i', '-o'].includes(previous)) {
      if (command !== null) return usage(`Cannot use ${arg} with ${command}`);
      command = arg;
    } else if (arg === '--line-numbers') options.numbers = true;
    else if (arg === '-4' || arg === '--ipv4') continue;
    else if (/^-[nvx]{1,4}$/.test(arg) || arg === '--numeric' || arg === '--verbose' || arg === '--exact') {
      options.verbose ||= arg.includes('v');
      options.numeric ||= arg === '--numeric' || /^-[vx]*n/.test(arg);
      options.exact ||= arg.startsWith('--e') || /^-[nv]*x/.test(arg);
    } else if (/^-[LS][nvx]+$/.test(arg) || /^-[nvx]+[LS]$/.test(arg)) {
      // Short options run together: -nvL, -Sn.
      command = arg.includes('L') ? '-L' : '-S';
      options.verbose ||= arg.includes('v');
      options.numeric ||= arg.includes('n');
      options.exact ||= arg.includes('x');
    } else rest.push(args[i] as string);
  }
  const table = Object.hasOwn(netfilter.tables, tableName) ? netfilter.tables[tableName as TableName] : undefined;
  if (!table)
    return err({
      exit: 2,
      text: `can't initialize iptables table \`${tableName}': Table does not exist (do you need to insmod?)`,
    });
  if (command === null)
    return rest.length > 0 && !(rest[0] as string).startsWith('-')
      ? usage(`Bad argument \`${rest[0]}'`)
      : usage('no command specified');
  return ok({ table, command, words: new Words(rest), options });
}

function carryOut(netfilter: Netfilter, { table, command, words, options }: Request): Result<string, Complaint> {
  switch (command) {
    case '-L':
    case '-S':
      return show(table, command, words, options);
    case '-N':
      return newChain(table, words);
    case '-X':
      return deleteChain(table, words);
    case '-P':
      return setPolicy(table, words);
    case '-E':
      return renameChain(table, words);
    case '-F':
      return eachChain(table, words, (chain) => setRules(chain, []));
    case '-Z':
      return eachChain(table, words, zero);
    default:
      return changeRules(netfilter, table, command, words);
  }
}

const noChain = () => refused('No chain/target/match by that name.');

function eachChain(table: Table, words: Words, act: (chain: Chain) => void): Result<string, Complaint> {
  const name = words.next();
  if (name !== undefined && !table.chains.has(name)) return noChain();
  for (const chain of table.chains.values()) if (name === undefined || chain.name === name) act(chain);
  return ok('');
}

function zero(chain: Chain): void {
  chain.packets = 0;
  chain.bytes = 0;
  for (const rule of chain.rules) {
    rule.packets = 0;
    rule.bytes = 0;
  }
}

function show(table: Table, command: string, words: Words, options: ListOptions): Result<string, Complaint> {
  const name = words.next();
  if (name !== undefined && !table.chains.has(name)) return noChain();
  const chains = table.ordered().filter((chain) => name === undefined || chain.name === name);
  if (command === '-L') return ok(chains.map((chain) => listChain(chain, options)).join('\n'));
  const heads = chains.map((chain) =>
    chain.policy === null ? `-N ${chain.name}` : `-P ${chain.name} ${chain.policy}`,
  );
  const rules = chains.flatMap((chain) =>
    chain.rules.map(
      (rule) =>
        `-A ${chain.name}${rule.text ? ` ${rule.text}` : ''}${options.verbose ? ` -c ${rule.packets} ${rule.bytes}` : ''}`,
    ),
  );
  return ok([...heads, ...rules].map((line) => `${line}\n`).join(''));
}

function newChain(table: Table, words: Words): Result<string, Complaint> {
  const name = words.value('-N');
  if (!name.ok) return name;
  if (table.chains.has(name.value)) return refused('Chain already exists.');
  if (name.value.length > 28) return usage(`chain name \`${name.value}' too long (must be under 29 chars)`);
  if (name.value.startsWith('-') || name.value.startsWith('!'))
    return usage(`chain name not allowed to start with \`${name.value[0]}'`);
  table.create(name.value);
  return ok('');
}

function deleteChain(table: Table, words: Words): Result<string, Complaint> {
  const name = words.next();
  if (name !== undefined) {
    const chain = table.chains.get(name);
    if (!chain || chain.policy !== null) return noChain();
    if (chain.rules.length > 0) return refused('Directory not empty.');
    if (chain.references > 0) return refused('Too many links.');
    table.chains.delete(name);
    return ok('');
  }
  for (const chain of [...table.chains.values()]) {
    if (chain.policy !== null) continue;
    if (chain.rules.length > 0) return refused('Directory not empty.');
    if (chain.references > 0) return refused('Too many links.');
    table.chains.delete(chain.name);
  }
  return ok('');
}

function setPolicy(table: Table, words: Words): Result<string, Complaint> {
  const chain = table.chains.get(words.next() ?? '');
  const policy = words.next();
  if (!chain || chain.policy === null) return refused('Bad built-in chain name.');
  if (policy !== 'ACCEPT' && policy !== 'DROP') return refused("Bad policy name. Run `dmesg' for more information.");
  if (table.name === 'nat' && policy === 'DROP')
    return usage('The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.');
  chain.policy = policy;
  return ok('');
}

function renameChain(table: Table, words: Words): Result<string, Complaint> {
  const [from = '', to = ''] = [words.next(), words.next()];
  const chain = table.chains.get(from);
  if (!chain || chain.policy !== null) return noChain();
  if (to === '' || table.chains.has(to)) return refused('File exists.');
  table.chains.delete(from);
  chain.name = to;
  table.chains.set(to, chain);
  return ok('');
}

function changeRules(netfilter: Netfilter, table: Table, command: string, words: Words): Result<string, Complaint> {
  const name = words.value(command);
  if (!name.ok) return name;
  const chain = table.chains.get(name.value);
  const numbered = /^\d+$/.test(words.peek() ?? '') && command !== '-A' && command !== '-C';
  const position = numbered ? Number(words.next()) : 1;
  if (command === '-D' && numbered) {
    if (!chain) return noChain();
    if (position < 1 || position > chain.rules.length) return refused('Index of deletion too big.');
    setRules(
      chain,
      chain.rules.filter((_, i) => i !== position - 1),
    );
    return ok('');
  }
  const parsed = parseRule(words, table, { addressType: (address) => netfilter.host.addressType(address) });
  if (!parsed.ok) return parsed;
  if (!chain) return noChain();
  const loop = parsed.value.spec.target;
  if (loop && 'chain' in loop && reaches(loop.chain, chain)) return refused('Too many links.');
  return applyChange(chain, command, position, parsed.value);
}

function applyChange(chain: Chain, command: string, position: number, rule: Rule): Result<string, Complaint> {
  const { rules } = chain;
  switch (command) {
    case '-A':
      setRules(chain, [...rules, rule]);
      return ok('');
    case '-I':
      if (position < 1 || position > rules.length + 1) return refused('Index of insertion too big.');
      setRules(chain, [...rules.slice(0, position - 1), rule, ...rules.slice(position - 1)]);
      return ok('');
    case '-R':
      if (position < 1 || position > rules.length) return refused('Index of replacement too big.');
      setRules(
        chain,
        rules.map((old, i) => (i === position - 1 ? rule : old)),
      );
      return ok('');
    default: {
      const at = rules.findIndex((old) => old.text === rule.text);
      if (at < 0) return refused('Bad rule (does a matching rule exist in that chain?).');
      if (command === '-D')
        setRules(
          chain,
          rules.filter((_, i) => i !== at),
        );
      return ok('');
    }
  }
}

/** Whether jumps lead from one chain to another. */
function reaches(from: Chain, to: Chain): boolean {
  return (
    from === to || from.rules.some(({ spec: { target } }) => target && 'chain' in target && reaches(target.chain, to))
  );
}

/** Replaces a chain's rules; chains that they jump to count their references. */
function setRules(chain: Chain, rules: readonly Rule[]): void {
  const count = (list: readonly Rule[], by: 1 | -1) => {
    for (const {
      spec: { target },
    } of list)
      if (target && 'chain' in target) target.chain.references += by;
  };
  count(chain.rules, -1);
  count(rules, 1);
  chain.rules = rules;
}
