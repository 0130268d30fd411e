import { err, ok, type Result } from '../../base/result.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsType, reverseName } from '../../wire/dns.ts';
import { wordOptions } from '../libc/command-line.ts';
import { typeNumber } from './record-text.ts';

/** Parts of the output that `+[no]…` turns on and off. */
export interface Sections {
  readonly cmd: boolean;
  readonly comments: boolean;
  readonly question: boolean;
  readonly answer: boolean;
  readonly stats: boolean;
}

export interface Lookup {
  readonly name: string;
  readonly type: number;
}

export interface DigOptions {
  readonly server: string | null;
  readonly port: number;
  readonly lookups: readonly Lookup[];
  readonly sections: Sections;
  readonly short: boolean;
  readonly tcp: boolean;
  readonly recurse: boolean;
  readonly search: boolean;
  /** Seconds. */
  readonly time: number;
  readonly tries: number;
  readonly help: boolean;
  readonly version: boolean;
}

const ALL: Sections = { cmd: true, comments: true, question: true, answer: true, stats: true };
const NONE: Sections = { cmd: false, comments: false, question: false, answer: false, stats: false };
/** Known, and without effect: what they ask for the servers here don't have. */
const WITHOUT_EFFECT =
  'additional authority edns dnssec cookie adflag cdflag multiline ttlid ttlunits identify rrcomments crypto badcookie class onesoa keepopen ednsopt ednsflags bufsize subnet expire nsid padding zflag besteffort fail split qr ignore idnin idnout unknownformat yaml mapped domain ndots'.split(
    ' ',
  );
const NOT_HERE: Readonly<Record<string, string>> = {
  trace: 'there are no root servers beyond this simulated host: ask a server with @',
  nssearch: 'there are no name servers beyond this simulated host: ask one with @',
  https: 'name servers here speak UDP and TCP',
  tls: 'name servers here speak UDP and TCP',
};

const SIMPLE = 'short all cmd comments question answer stats tcp vc recurse rdflag search defname'.split(' ');

export const DIG_WORDS = wordOptions(
  [
    '-t=',
    '-q=',
    '-x=',
    '-p=',
    '-c=',
    '-b=',
    '-4',
    '-6',
    '-r',
    '-u',
    '-v',
    '-h',
    ...SIMPLE.map((name) => `+${name}`),
    '+time=',
    '+tries=',
    '+retry=',
    ...WITHOUT_EFFECT.map((name) => `+${name}`),
    ...Object.keys(NOT_HERE).map((name) => `+${name}`),
  ],
  {
    b: 'without effect',
    c: 'IN alone',
    '6': 'refused: this simulated host asks by IPv4',
    r: 'without effect',
    u: 'without effect',
    ...Object.fromEntries(WITHOUT_EFFECT.map((name) => [`+${name}`, 'without effect'])),
    ...Object.fromEntries(Object.keys(NOT_HERE).map((name) => [`+${name}`, `refused: ${NOT_HERE[name]}`])),
  },
);

/** Reads dig's command line (BIND's bin/dig/dig.c): words in any order, the type behind the name it is for. */
export function readDigOptions(argv: readonly string[]): Result<DigOptions, string> {
  let sections = ALL;
  let [server, port, time, tries] = [null as string | null, 53, 5, 3];
  let [short, tcp, recurse, search, help, version] = [false, false, true, false, false, false];
  const lookups: Lookup[] = [];
  let pendingType: number | null = null;
  const add = (name: string) => {
    lookups.push({ name, type: pendingType ?? DnsType.a });
  };
  const setType = (type: number) => {
    const last = lookups.pop();
    if (last) lookups.push({ ...last, type });
    else pendingType = type;
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word.startsWith('@') && word.length > 1) server = word.slice(1);
    else if (word.startsWith('+')) {
      const [whole = '', value] = word.slice(1).split('=');
      const on = !whole.startsWith('no');
      const name = on ? whole : whole.slice(2);
      const number = Number(value);
      if (Object.hasOwn(NOT_HERE, name) && on) return err(`+${name} is refused: ${NOT_HERE[name]}`);
      if (name === 'all') sections = on ? ALL : NONE;
      else if (Object.hasOwn(ALL, name)) sections = { ...sections, [name]: on };
      else if (name === 'short') {
        short = on;
        if (on) sections = { ...NONE, answer: true };
      } else if (name === 'tcp' || name === 'vc') tcp = on;
      else if (name === 'recurse' || name === 'rdflag') recurse = on;
      else if (name === 'search' || name === 'defname') search = on;
      else if (name === 'time' || name === 'timeout' || name === 'tries' || name === 'retry') {
        if (!/^\d+$/.test(value ?? '')) return err(`Couldn't parse ${name}: '${value ?? ''}'`);
        if (name === 'tries') tries = Math.max(1, number);
        else if (name === 'retry') tries = number + 1;
        else time = Math.max(1, number);
      } else if (!WITHOUT_EFFECT.includes(name)) return err(`Invalid option: ${word}`);
    } else if (/^-[46ruvh]$/.test(word)) {
      if (word === '-6') return err('-6 is refused: this simulated host asks name servers by IPv4 alone');
      if (word === '-h') help = true;
      if (word === '-v') version = true;
    } else if (/^-[tqxpcb]/.test(word)) {
      const value = word.length > 2 ? word.slice(2) : argv[++i];
      if (value === undefined) return err(`Invalid option: ${word}`);
      const letter = word[1];
      if (letter === 'q') add(value);
      else if (letter === 'p') port = Number(value);
      else if (letter === 'x') {
        const address = parseIpv4(value);
        if (!address.ok) return err(`Invalid IP address ${value}`);
        lookups.push({ name: reverseName(address.value as Ipv4), type: DnsType.ptr });
      } else if (letter === 't') {
        const type = typeNumber(value);
        if (type === undefined) return err(`unknown type: ${value}`);
        setType(type);
      }
    } else if (word.startsWith('-')) return err(`Invalid option: ${word}`);
    else if (/^(?:in|ch|hs)$/i.test(word) && lookups.length > 0) continue;
    else if (typeNumber(word) !== undefined && !word.includes('.')) setType(typeNumber(word) as number);
    else add(word);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return err(`Couldn't parse port number`);
  return ok({ server, port, lookups, sections, short, tcp, recurse, search, time, tries, help, version });
}
