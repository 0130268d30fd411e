import { ok, type Result } from '../../../../base/result.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../../../wire/address.ts';
import type { Complaint, Words } from '../command/options.ts';
import { readPort, usage } from '../command/options.ts';
import type { NatRange } from '../nat.ts';
import type { Target } from '../rule.ts';
import type { TableName } from '../table.ts';

/** A target that is no chain (`-j NAME`): it reads its options and makes itself. */
export interface TargetExtension {
  readonly name: string;
  /** Tables and, for some, chains that it may stand in. */
  readonly tables: readonly TableName[];
  begin(): TargetReader;
}

export interface TargetReader {
  option(name: string, words: Words): Result<boolean, Complaint>;
  end(): Result<Target, Complaint>;
}

const EVERYWHERE: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];
const NO_RANGE: NatRange = { first: null, last: null, firstPort: 0, lastPort: 0 };

const plain = (name: 'ACCEPT' | 'DROP' | 'RETURN'): TargetExtension => ({
  name,
  tables: EVERYWHERE,
  begin: () => ({
    option: () => ok(false),
    end: () => ok({ name, spec: '', words: '', does: name.toLowerCase() as 'accept' | 'drop' | 'return' }),
  }),
});

const REJECTIONS: Readonly<Record<string, (Target & { readonly does: 'reject' })['how']>> = {
  'icmp-net-unreachable': 'icmp-net-unreachable',
  'net-unreach': 'icmp-net-unreachable',
  'icmp-host-unreachable': 'icmp-host-unreachable',
  'host-unreach': 'icmp-host-unreachable',
  'icmp-proto-unreachable': 'icmp-proto-unreachable',
  'proto-unreach': 'icmp-proto-unreachable',
  'icmp-port-unreachable': 'icmp-port-unreachable',
  'port-unreach': 'icmp-port-unreachable',
  'icmp-net-prohibited': 'icmp-net-prohibited',
  'net-prohib': 'icmp-net-prohibited',
  'icmp-host-prohibited': 'icmp-host-prohibited',
  'host-prohib': 'icmp-host-prohibited',
  'icmp-admin-prohibited': 'icmp-admin-prohibited',
  'admin-prohib': 'icmp-admin-prohibited',
  'tcp-reset': 'tcp-reset',
  'tcp-rst': 'tcp-reset',
};

/** REJECT: drops, and says so to the sender (ipt_REJECT.c). */
const reject: TargetExtension = {
  name: 'REJECT',
  tables: ['filter'],
  begin() {
    let how: (Target & { readonly does: 'reject' })['how'] = 'icmp-port-unreachable';
    return {
      option(option, words) {
        if (option !== '--reject-with') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const known = Object.hasOwn(REJECTIONS, value.value) ? REJECTIONS[value.value] : undefined;
        if (!known) return usage(`unknown reject type "${value.value}"`);
        how = known;
        return ok(true);
      },
      end: () => ok({ name: 'REJECT', spec: `--reject-with ${how}`, words: `reject-with ${how}`, does: 'reject', how }),
    };
  },
};

/** DNAT and SNAT: one option with addresses and ports (xt_nat.c). */
function nat(
  name: 'DNAT' | 'SNAT',
  option: '--to-destination' | '--to-source',
  side: 'source' | 'destination',
): TargetExtension {
  return {
    name,
    tables: ['nat'],
    begin() {
      let range: NatRange | null = null;
      return {
        option(given, words) {
          if (given !== option) return ok(false);
          const value = words.value(option);
          if (!value.ok) return value;
          const read = readNatRange(value.value);
          if (!read.ok) return read;
          range = read.value;
          return ok(true);
        },
        end() {
          if (range === null) return usage(`${name}: option "${option}" must be specified`);
          const text = natRangeText(range);
          return ok({ name, spec: `${option} ${text}`, words: `to:${text}`, does: 'nat', side, to: 'given', range });
        },
      };
    },
  };
}

/** MASQUERADE and REDIRECT: the address is taken from a device; ports may be given. */
function natByDevice(
  name: 'MASQUERADE' | 'REDIRECT',
  side: 'source' | 'destination',
  to: 'outgoing' | 'local',
): TargetExtension {
  return {
    name,
    tables: ['nat'],
    begin() {
      let range = NO_RANGE;
      return {
        option(option, words) {
          if (option !== '--to-ports') return ok(false);
          const value = words.value(option);
          if (!value.ok) return value;
          const ports = readPorts(value.value);
          if (!ports) return usage(`Port range "${value.value}" invalid`);
          range = { ...NO_RANGE, firstPort: ports[0], lastPort: ports[1] };
          return ok(true);
        },
        end() {
          const ports =
            range.firstPort === 0
              ? ''
              : range.firstPort === range.lastPort
                ? String(range.firstPort)
                : `${range.firstPort}-${range.lastPort}`;
          const words = ports === '' ? '' : name === 'REDIRECT' ? `redir ports ${ports}` : `masq ports: ${ports}`;
          return ok({ name, spec: ports === '' ? '' : `--to-ports ${ports}`, words, does: 'nat', side, to, range });
        },
      };
    },
  };
}

const log: TargetExtension = {
  name: 'LOG',
  tables: EVERYWHERE,
  begin() {
    let prefix = '';
    return {
      option(option, words) {
        if (option !== '--log-prefix') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        prefix = value.value.slice(0, 29);
        return ok(true);
      },
      end: () =>
        ok({
          name: 'LOG',
          spec: prefix ? `--log-prefix "${prefix}"` : '',
          words: `LOG flags 0 level 4${prefix ? ` prefix "${prefix}"` : ''}`,
          does: 'log',
          prefix,
        }),
    };
  },
};

const markTarget: TargetExtension = {
  name: 'MARK',
  tables: ['mangle'],
  begin() {
    let found: { readonly value: number; readonly mask: number } | null = null;
    return {
      option(option, words) {
        if (option !== '--set-mark' && option !== '--set-xmark') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const match = /^(0x[0-9a-f]+|\d+)(?:\/(0x[0-9a-f]+|\d+))?$/i.exec(value.value);
        if (!match) return usage(`MARK: bad mark value for option "${option}", or out of range`);
        found = { value: Number(match[1]) | 0, mask: match[2] === undefined ? -1 : Number(match[2]) | 0 };
        return ok(true);
      },
      end() {
        if (found === null) return usage('MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required');
        const { value, mask } = found;
        const hex = (n: number) => `0x${(n >>> 0).toString(16)}`;
        return ok({
          name: 'MARK',
          spec: `--set-xmark ${hex(value)}/${hex(mask)}`,
          words: mask === -1 ? `MARK set ${hex(value)}` : `MARK xset ${hex(value)}/${hex(mask)}`,
          does: 'mark',
          value,
          mask,
        });
      },
    };
  },
};

const notrack: TargetExtension = {
  name: 'NOTRACK',
  tables: ['raw'],
  begin: () => ({ option: () => ok(false), end: () => ok({ name: 'NOTRACK', spec: '', words: '', does: 'notrack' }) }),
};

/** Every target that `-j` knows besides chains, by name. */
export const TARGETS: ReadonlyMap<string, TargetExtension> = new Map(
  [
    plain('ACCEPT'),
    plain('DROP'),
    plain('RETURN'),
    reject,
    nat('DNAT', '--to-destination', 'destination'),
    nat('SNAT', '--to-source', 'source'),
    natByDevice('MASQUERADE', 'source', 'outgoing'),
    natByDevice('REDIRECT', 'destination', 'local'),
    log,
    markTarget,
    notrack,
  ].map((target) => [target.name, target]),
);

function readPorts(text: string): readonly [number, number] | null {
  const [first = '', last = first] = text.split('-');
  const low = readPort(first);
  const high = readPort(last);
  return low === null || high === null || low === 0 || low > high ? null : [low, high];
}

/** `address[-address][:port[-port]]`. */
function readNatRange(text: string): Result<NatRange, Complaint> {
  const colon = text.indexOf(':');
  const addresses = colon < 0 ? text : text.slice(0, colon);
  const ports = colon < 0 ? ([0, 0] as const) : readPorts(text.slice(colon + 1));
  if (ports === null) return usage(`Port range "${text.slice(colon + 1)}" invalid`);
  if (addresses === '') return ok({ first: null, last: null, firstPort: ports[0], lastPort: ports[1] });
  const [first = '', last = first] = addresses.split('-');
  const low = parseIpv4(first);
  const high = parseIpv4(last);
  if (!low.ok || !high.ok) return usage(`Bad IP address "${low.ok ? last : first}"`);
  return ok({ first: low.value, last: high.value, firstPort: ports[0], lastPort: ports[1] });
}

function natRangeText({ first, last, firstPort, lastPort }: NatRange): string {
  const addresses =
    first === null ? '' : first === last ? formatIpv4(first) : `${formatIpv4(first)}-${formatIpv4(last as Ipv4)}`;
  const ports = firstPort === 0 ? '' : firstPort === lastPort ? `:${firstPort}` : `:${firstPort}-${lastPort}`;
  return addresses + ports;
}
