import type { Result } from '../../base/result.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { type Ipv4, parseIpv4, parseMac } from '../../wire/address.ts';
import { type Cidr, parseCidr } from '../../wire/cidr.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { appletText, netToolsText } from './interface-text.ts';

type Face = 'busybox' | 'net-tools';

const USAGE = `ifconfig [-a] [IFACE [ADDRESS]] [OPTIONS]

Show or set up a device

	[ADDRESS[/BITS]] [netmask MASK] [broadcast ADDRESS]
	[mtu N] [hw ether MAC] [[-]promisc] [up|down]`;

const WORDS = ['-a', '-s', '-v', 'up', 'down', 'promisc', 'mtu=', 'hw=', 'netmask=', 'broadcast='];
const LIMITS = { s: 'prints the long form', v: 'without effect' };

/** ifconfig, in BusyBox's form (networking/interface.c) and that of net-tools 2. Left out: aliases, point-to-point, tunnels. */
export const ifconfig = (face: Face) =>
  declareProgram({ options: wordOptions(WORDS, LIMITS) }, function* (proc) {
    const words = proc.argv.slice(1);
    const all = words[0] === '-a';
    if (all || words[0] === '-s' || words[0] === '-v') words.shift();
    if (words[0]?.startsWith('-')) return yield* misused(proc, face);
    const [device, ...settings] = words;
    const { net } = proc;
    const link = net.links().find((each) => each.name === device);
    if (device !== undefined && !link) {
      const none = strerror('ENODEV', proc.library);
      yield* proc.write(
        2,
        face === 'busybox'
          ? settings.length === 0
            ? `ifconfig: ${device}: error fetching interface information: ${none}\n`
            : `ifconfig: SIOCSIFADDR: ${none}\n`
          : `${device}: error fetching interface information: Device not found\n`,
      );
      return 1;
    }
    if (settings.length > 0) return yield* set(proc, device as string, settings, face);
    const text = face === 'busybox' ? appletText : netToolsText;
    const shown = link
      ? [link]
      : // BusyBox and net-tools both list by name.
        [...net.links()].filter((each) => all || each.up).sort((a, b) => (a.name < b.name ? -1 : 1));
    yield* proc.write(1, shown.map((each) => text(each, net.addresses())).join(''));
    return 0;
  });

function* misused(proc: Proc, face: Face): Sys<number> {
  if (face === 'busybox') return yield* showUsage(proc, USAGE);
  yield* proc.write(2, `Usage:\n  ${USAGE}\n`);
  return 1;
}

/** Applies the words one after the other; the first that fails ends it. */
function* set(proc: Proc, device: string, words: readonly string[], face: Face): Sys<number> {
  const { net } = proc;
  const rest = [...words];
  let address: Ipv4 | null = null;
  let prefix: number | null = null;
  let broadcast: Ipv4 | undefined;
  while (rest.length > 0) {
    const word = rest.shift() as string;
    let done: Result<void, Errno> = { ok: true, value: undefined };
    let call = 'SIOCSIFFLAGS';
    if (word === 'up' || word === 'down') done = asRoot(proc, () => net.setLink(device, { up: word === 'up' }));
    else if (word === 'promisc' || word === '-promisc')
      done = asRoot(proc, () => net.setLink(device, { promiscuous: word === 'promisc' }));
    else if (word === 'mtu') {
      call = 'SIOCSIFMTU';
      const mtu = Number(rest.shift());
      done = asRoot(proc, () => net.setLink(device, { mtu }));
    } else if (word === 'hw') {
      call = 'SIOCSIFHWADDR';
      if (rest[0] === 'ether') rest.shift();
      const mac = parseMac(rest.shift() ?? '');
      if (!mac.ok) return yield* misused(proc, face);
      done = asRoot(proc, () => net.setLink(device, { mac: mac.value }));
    } else if (word === 'netmask') {
      const mask = parseIpv4(rest.shift() ?? '');
      if (!mask.ok) return yield* misused(proc, face);
      prefix = 32 - Math.log2(1 + (~mask.value >>> 0));
    } else if (word === 'broadcast') {
      const parsed = parseIpv4(rest.shift() ?? '');
      if (parsed.ok) broadcast = parsed.value;
    } else {
      const parsed = parseCidr(word.includes('/') ? word : `${word}/32`);
      if (!parsed.ok) {
        yield* proc.write(2, face === 'busybox' ? `ifconfig: bad address '${word}'\n` : `${word}: Unknown host\n`);
        return 1;
      }
      address = parsed.value.address;
      if (word.includes('/')) prefix = parsed.value.prefix;
    }
    if (!done.ok) {
      yield* proc.write(2, `${face === 'busybox' ? 'ifconfig: ' : ''}${call}: ${strerror(done.error, proc.library)}\n`);
      return face === 'busybox' ? 1 : 255;
    }
  }
  if (address === null && prefix === null) return 0;
  const host = address ?? firstAddress(proc, device);
  const wanted = { address: host, prefix: prefix ?? classPrefix(host) };
  const done = asRoot(proc, () => replaceAddress(proc, device, wanted, broadcast));
  if (done.ok) return 0;
  yield* proc.write(2, `${face === 'busybox' ? 'ifconfig: ' : ''}SIOCSIFADDR: ${strerror(done.error, proc.library)}\n`);
  return face === 'busybox' ? 1 : 255;
}

/** A new address takes the place of the first one, and the device comes up. */
function replaceAddress(proc: Proc, device: string, address: Cidr, broadcast: Ipv4 | undefined): Result<void, Errno> {
  const old = proc.net.addresses().find((each) => each.device === device && !each.secondary);
  if (old) proc.net.removeAddress(device, old.address);
  const added = proc.net.addAddress(device, address, broadcast === undefined ? {} : { broadcast });
  return added.ok ? proc.net.setLink(device, { up: true }) : added;
}

function asRoot(proc: Proc, change: () => Result<void, Errno>): Result<void, Errno> {
  return proc.uid === 0 ? change() : { ok: false, error: 'EPERM' };
}

const firstAddress = (proc: Proc, device: string): Ipv4 =>
  proc.net.addresses().find((each) => each.device === device)?.address.address ?? (0 as Ipv4);

/** The mask that an address without one has. */
function classPrefix(address: Ipv4): number {
  const first = address >>> 24;
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
