import { decodeUtf8 } from '../../../base/bytes.ts';
import type { Proc, Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { formatIpv4 } from '../../../wire/address.ts';
import { canonicalName, hostsAddresses, resolveHost } from '../../libc/resolve.ts';
import { calendarTime, daysFromCivil, formatTime } from '../strftime.ts';
import { defineTool, type Tool } from '../tool.ts';
import { readNames } from '../users.ts';
import { duration } from './environment.ts';

/** Tools about the machine and the calendar: date, uname, hostname, uptime, free, sleep, id, whoami, sysctl. */

export const sleep = defineTool({
  name: 'sleep',
  usage: `[N]...

Pause for a time equal to the total of the args given, where each arg can
have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    let total = 0;
    for (const text of tool.operands) {
      const time = duration(text);
      if (time === null)
        return tool.face === 'gnu'
          ? yield* tool.misused(`invalid time interval ‘${text}’`)
          : yield* tool.complain(`invalid number '${text}'`);
      total += time;
    }
    yield* tool.proc.sleep(total);
    return 0;
  },
});

/** `2026-11-24 12:30`, `@1795461300`, `now`, `tomorrow`, `2 hours ago`: milliseconds; null: none of these. */
function parseDate(text: string, now: number): number | null {
  const trimmed = text.trim();
  if (/^@-?\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000;
  if (trimmed === 'now' || trimmed === 'today' || trimmed === '') return now;
  if (trimmed === 'tomorrow') return now + 86_400_000;
  if (trimmed === 'yesterday') return now - 86_400_000;
  const relative = /^([-+]?\d+)\s*(second|sec|minute|min|hour|day|week)s?(\s+ago)?$/.exec(trimmed);
  if (relative) {
    const unit = { second: 1, sec: 1, minute: 60, min: 60, hour: 3600, day: 86_400, week: 604_800 }[
      relative[2] as 'second'
    ];
    return now + Number(relative[1]) * unit * 1000 * (relative[3] ? -1 : 1);
  }
  const absolute = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?\s*(?:Z|UTC)?$/.exec(trimmed);
  if (!absolute) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = absolute;
  return (
    daysFromCivil(Number(year), Number(month), Number(day)) * 86_400_000 +
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  );
}

export const date = defineTool({
  name: 'date',
  options: 'uRI:d:s:r:',
  long: { utc: 'u', date: 'd', 'rfc-email': 'R', reference: 'r', set: 's' },
  usage: `[OPTIONS] [+FMT] [TIME]

Display time (using +FMT)

	-u	Work in UTC (always so here)
	-d TIME	Display TIME, not 'now'
	-r FILE	Display last modification time of FILE
	-R	Output RFC-2822 date`,
  *run(tool) {
    let time = tool.proc.date();
    const given = tool.value('d');
    if (given !== undefined) {
      const parsed = parseDate(given, time);
      if (parsed === null)
        return yield* tool.complain(tool.face === 'gnu' ? `invalid date ‘${given}’` : `invalid date '${given}'`);
      time = parsed;
    }
    const reference = tool.value('r');
    if (reference !== undefined) {
      const stat = yield* tool.proc.stat(reference);
      if (!stat.ok) return yield* tool.complain(`${reference}: ${tool.strerror(stat.error)}`);
      time = stat.value.modified;
    }
    const [operand] = tool.operands;
    if (tool.has('s') || (operand !== undefined && !operand.startsWith('+')))
      return yield* tool.complain('cannot set date: Operation not permitted');
    const format =
      operand !== undefined
        ? operand.slice(1)
        : tool.has('R')
          ? '%a, %d %b %Y %H:%M:%S %z'
          : tool.has('I')
            ? '%Y-%m-%d'
            : '%a %b %e %H:%M:%S %Z %Y';
    yield* tool.write(`${formatTime(format, time)}\n`);
    return 0;
  },
});

const KERNEL = '6.18.44';

export const uname = defineTool({
  name: 'uname',
  options: 'amnrspvio',
  long: {
    all: 'a',
    'kernel-name': 's',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-version': 'v',
    machine: 'm',
    'operating-system': 'o',
  },
  usage: `[-amnrspvio]

Print system information

	-a	Print all
	-m	Machine (hardware) type
	-n	Network node hostname
	-r	Kernel release
	-s	Kernel name (default)
	-v	Kernel version
	-o	OS name`,
  *run(tool) {
    const values: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', tool.proc.hostname()],
      ['r', KERNEL],
      ['v', '#1 SMP PREEMPT_DYNAMIC'],
      ['m', 'x86_64'],
      ...(tool.face === 'gnu'
        ? ([
            ['p', 'x86_64'],
            ['i', 'x86_64'],
          ] as const)
        : []),
      ['o', 'GNU/Linux'],
    ];
    const wanted = values.filter(([letter]) => tool.has('a') || tool.has(letter));
    yield* tool.write(`${(wanted.length > 0 ? wanted : values.slice(0, 1)).map(([, value]) => value).join(' ')}\n`);
    return 0;
  },
});

function* fileText(proc: Proc, path: string): Sys<string> {
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return '';
  const bytes = yield* proc.read(file.value);
  yield* proc.close(file.value);
  return bytes.ok ? decodeUtf8(bytes.value) : '';
}

export const hostname = defineTool({
  name: 'hostname',
  options: 'sifIdyF:A',
  long: { short: 's', 'ip-address': 'i', fqdn: 'f', long: 'f', 'all-ip-addresses': 'I', domain: 'd' },
  limits: { y: 'there is no NIS name: the host name is shown', A: 'shows the host name' },
  usage: `[-sidf] [HOSTNAME | -F FILE]

Show or set hostname or DNS domain name

	-s	Short
	-i	Addresses for the hostname
	-d	DNS domain name
	-f	Fully qualified domain name
	-F FILE	Use FILE's content as hostname`,
  *run(tool) {
    const { proc } = tool;
    const name = proc.hostname();
    const [given] = tool.operands;
    if (given !== undefined || tool.has('F')) {
      const text = given ?? (yield* fileText(proc, tool.value('F') ?? '')).trim();
      const set = yield* proc.setHostname(text);
      if (set.ok) return 0;
      return yield* tool.complain(
        tool.face === 'gnu' ? 'you must be root to change the host name' : `sethostname: ${tool.strerror(set.error)}`,
      );
    }
    if (tool.has('I')) {
      // Every address but loopback's (hostname(1)).
      const addresses = proc.net.addresses().filter(({ scope }) => scope !== 'host');
      yield* tool.write(`${addresses.map(({ address }) => `${formatIpv4(address.address)} `).join('')}\n`);
      return 0;
    }
    if (tool.has('i')) {
      const listed = hostsAddresses(yield* fileText(proc, '/etc/hosts'), name);
      const resolved = listed.length > 0 ? null : yield* resolveHost(proc, name);
      const addresses = resolved === null ? listed : resolved.ok ? resolved.value : [];
      if (addresses.length === 0)
        return yield* tool.complain(tool.face === 'gnu' ? 'Name or service not known' : `${name}: Unknown host`);
      yield* tool.write(`${addresses.map(formatIpv4).join(' ')}\n`);
      return 0;
    }
    const full = canonicalName(yield* fileText(proc, '/etc/hosts'), name) ?? name;
    const domain = full.split('.').slice(1).join('.');
    if (tool.has('f')) yield* tool.write(`${full}\n`);
    else if (tool.has('d')) yield* tool.write(domain === '' && tool.face !== 'gnu' ? '' : `${domain}\n`);
    else yield* tool.write(`${tool.has('s') ? name.split('.')[0] : name}\n`);
    return 0;
  },
});

function upText(proc: Proc): string {
  const minutes = Math.floor(proc.now() / 60e9);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`;
  return `${days > 0 ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${clock}`;
}

export const uptime: Program = function* (proc) {
  const { hour, minute, second } = calendarTime(proc.date());
  const two = (n: number) => String(n).padStart(2, '0');
  const users = new Set(proc.processes().flatMap(({ tty }) => tty ?? [])).size;
  const head = ` ${two(hour)}:${two(minute)}:${two(second)} up ${upText(proc)}, `;
  yield* proc.write(
    1,
    `${head}${proc.library === 'glibc' ? ` ${users} user${users === 1 ? '' : 's'}, ` : ''} load average: 0.00, 0.00, 0.00\n`,
  );
  return 0;
};

/** The model counts no memory: it shows what a small machine would have. */
export const free = defineTool({
  name: 'free',
  options: 'bkmgh',
  limit: "memory isn't counted: the figures stand still",
  usage: `[-bkmgh]

Display free and used memory`,
  *run(tool) {
    const [total, used, cached] = [8_131_744, 1_204_112, 2_310_480];
    const scale = tool.has('m') ? 1024 : tool.has('g') ? 1 << 20 : tool.has('b') ? 1 / 1024 : 1;
    const show = (kilobytes: number) =>
      (tool.has('h') ? `${(kilobytes / (1 << 20)).toFixed(1)}Gi` : String(Math.floor(kilobytes / scale))).padStart(12);
    const row = (name: string, values: readonly number[]) => `${name.padEnd(8)}${values.map(show).join('')}\n`;
    yield* tool.write(
      `               total        used        free      shared  buff/cache   available\n${row('Mem:', [total, used, total - used - cached, 1640, cached, total - used])}${row('Swap:', [0, 0, 0])}`,
    );
    return 0;
  },
});

function* identity(
  tool: Tool,
  uid: number,
): Sys<{ readonly user: string; readonly group: string; readonly groups: readonly (readonly [number, string])[] }> {
  const names = yield* readNames(tool.proc);
  const user = names.users.get(uid) ?? String(uid);
  const own = [uid, ...(names.memberships.get(user) ?? [])];
  const groups = [...new Set(own)].map((gid) => [gid, names.groups.get(gid) ?? String(gid)] as const);
  return { user, group: names.groups.get(uid) ?? String(uid), groups };
}

export const id = defineTool({
  name: 'id',
  options: 'ugnGr',
  long: { user: 'u', group: 'g', name: 'n', groups: 'G' },
  usage: `[-ugGnr] [USER]

Print information about USER or the current user

	-u	User ID
	-g	Group ID
	-G	Supplementary group IDs
	-n	Print names instead of numbers`,
  *run(tool) {
    const [name] = tool.operands;
    let { uid } = tool.proc;
    if (name !== undefined) {
      const names = yield* readNames(tool.proc);
      const found = [...names.users].find(([number, user]) => user === name || String(number) === name);
      if (!found) return yield* tool.complain(tool.face === 'gnu' ? `‘${name}’: no such user` : `unknown user ${name}`);
      [uid] = found;
    }
    const { user, group, groups } = yield* identity(tool, uid);
    if (tool.has('u')) yield* tool.write(`${tool.has('n') ? user : uid}\n`);
    else if (tool.has('g')) yield* tool.write(`${tool.has('n') ? group : uid}\n`);
    else if (tool.has('G'))
      yield* tool.write(`${groups.map(([gid, each]) => (tool.has('n') ? each : gid)).join(' ')}\n`);
    else
      yield* tool.write(
        `uid=${uid}(${user}) gid=${uid}(${group}) groups=${groups.map(([gid, each]) => `${gid}(${each})`).join(',')}\n`,
      );
    return 0;
  },
});

export const whoami = defineTool({
  name: 'whoami',
  usage: '\n\nPrint the user name associated with the current effective user id',
  *run(tool) {
    yield* tool.write(`${(yield* identity(tool, tool.proc.uid)).user}\n`);
    return 0;
  },
});

export const sysctl = defineTool({
  name: 'sysctl',
  options: 'naweqp',
  limits: { p: 'no file is read' },
  usage: `[-enq] { -a | KEY[=VALUE]... | -w KEY=VALUE... }

Show/set kernel parameters

	-e	Don't warn about unknown keys
	-n	Don't show key names
	-q	Quiet
	-w	Set KEYs to VALUEs`,
  *run(tool) {
    const { proc } = tool;
    const shown = [
      'net.ipv4.ip_forward',
      'net.ipv4.ip_default_ttl',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.icmp_echo_ignore_all',
      'net.ipv4.icmp_echo_ignore_broadcasts',
      'net.bridge.bridge-nf-call-iptables',
    ];
    for (const word of tool.has('a') ? shown : tool.operands) {
      const [name = '', ...rest] = word.split('=').map((part) => part.trim());
      const key = name.replaceAll('/', '.');
      const path = `/proc/sys/${key.replaceAll('.', '/')}`;
      if (rest.length > 0 || tool.has('w')) {
        const set = yield* proc.setSysctl(key, rest.join('='));
        if (!set.ok) {
          yield* tool.complain(
            set.error === 'ENOENT'
              ? tool.face === 'gnu'
                ? `cannot stat ${path}: ${tool.strerror('ENOENT')}`
                : `error: '${key}' is an unknown key`
              : tool.face === 'gnu' && set.error === 'EPERM'
                ? `permission denied on key "${key}"`
                : `setting key "${key}": ${tool.strerror(set.error)}`,
          );
          continue;
        }
      }
      const value = proc.sysctl(key);
      if (value === undefined) {
        if (!tool.has('e'))
          yield* tool.complain(
            tool.face === 'gnu'
              ? `cannot stat ${path}: ${tool.strerror('ENOENT')}`
              : `error: '${key}' is an unknown key`,
          );
      } else if (!tool.has('q') || rest.length === 0)
        yield* tool.write(tool.has('n') ? `${value}\n` : `${key} = ${value}\n`);
    }
    return tool.status;
  },
});
