import { strerror } from '../../kernel/syscalls/errno.ts';
import type { NeighborInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, formatMac, type Ipv4, parseMac } from '../../wire/address.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { appletOptions, hostOptions, type Options } from '../libc/options.ts';
import { resolveHost } from '../libc/resolve.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';

type Face = 'busybox' | 'net-tools';

const USAGE = `arp [-vn] [-H HWTYPE] [-i IF] -a [HOSTNAME]
arp [-v] [-i IF] -d HOSTNAME
arp [-v] [-H HWTYPE] [-i IF] -s HOSTNAME HWADDR

Show or change the neighbour table

	-a	Show (all, or one)
	-s	Set an entry
	-d	Delete one
	-v	Tell more
	-n	No names
	-i IF	Device`;

const SPECS = { busybox: 'A:p:H:t:i:adnDsv', 'net-tools': 'A:p:H:t:i:adnDsve' };
const LIMITS = {
  A: 'inet alone is here',
  p: 'inet alone is here',
  H: 'ether alone is here',
  t: 'ether alone is here',
  D: 'a device in place of an address is not read',
};
const LONG = { verbose: 'v', numeric: 'n', all: 'a', delete: 'd', set: 's', device: 'i' };

/** arp, in BusyBox's form (networking/arp.c) and that of net-tools: the kernel's neighbour table of IPv4. */
export const arp = (face: Face) =>
  declareProgram(
    { options: getoptOptions(SPECS[face], { limits: LIMITS, ...(face === 'net-tools' && { long: LONG }) }) },
    function* (proc) {
      const options =
        face === 'busybox'
          ? yield* appletOptions(proc, 'arp', SPECS[face], USAGE)
          : yield* hostOptions(proc, 'arp', SPECS[face], `Usage: ${USAGE}\n`, { long: LONG });
      if (!options) return face === 'busybox' ? 1 : 255;
      if (options.has('d') || options.has('s')) return yield* change(proc, options, face);
      return yield* show(proc, options, face);
    },
  );

/** Those that /proc/net/arp lists: all but the ones that ask for nothing, such as broadcasts. */
const isListed = ({ state }: NeighborInfo) => state !== 'noarp';

function* show(proc: Proc, options: Options, face: Face): Sys<number> {
  const [host] = options.operands;
  let wanted: Ipv4 | undefined;
  if (host !== undefined) {
    const found = yield* resolveHost(proc, host);
    if (!found.ok) {
      yield* proc.write(2, face === 'busybox' ? `arp: ${host}: Name does not resolve\n` : `${host}: Unknown host\n`);
      return face === 'busybox' ? 1 : 255;
    }
    wanted = found.value[0];
  }
  const device = options.value('i');
  const all = proc.net.neighbors().filter(isListed);
  const shown = all.filter(
    (each) => (wanted === undefined || each.address === wanted) && (device === undefined || each.device === device),
  );
  const table = face === 'net-tools' && !options.has('a');
  let text = '';
  if (table && shown.length > 0)
    text = `${'Address'.padEnd(25)}HWtype  ${'HWaddress'.padEnd(20)}Flags Mask            Iface\n`;
  for (const each of shown) {
    const name = options.has('n') ? null : yield* nameOfAddress(proc, each.address);
    text += table ? tableLine(each, name) : bsdLine(each, name, face);
  }
  if (options.has('v'))
    text += `Entries: ${all.length}\tSkipped: ${all.length - shown.length}\tFound: ${shown.length}\n`;
  if (shown.length === 0 && wanted !== undefined && face === 'net-tools')
    text += `${formatIpv4(wanted)} (${formatIpv4(wanted)}) -- no entry\n`;
  else if (shown.length === 0 && (wanted !== undefined || device !== undefined))
    text +=
      face === 'busybox'
        ? `No match found in ${all.length} entries\n`
        : `arp: in ${all.length} entries no match found.\n`;
  yield* proc.write(1, text);
  return 0;
}

function bsdLine({ address, mac, device, state }: NeighborInfo, name: string | null, face: Face): string {
  const hardware = mac === null ? '<incomplete> ' : `${formatMac(mac)} [ether] `;
  const flags = state === 'permanent' ? 'PERM ' : face === 'busybox' ? ' ' : '';
  return `${name ?? '?'} (${formatIpv4(address)}) at ${hardware}${flags}on ${device}\n`;
}

function tableLine({ address, mac, device, state }: NeighborInfo, name: string | null): string {
  const hardware = mac === null ? '        (incomplete)        ' : `ether   ${formatMac(mac).padEnd(20)}`;
  const flags = mac === null ? '' : state === 'permanent' ? 'CM' : 'C';
  return `${(name ?? formatIpv4(address)).slice(0, 23).padEnd(25)}${hardware}${flags.padEnd(22)}${device}\n`;
}

function* change(proc: Proc, options: Options, face: Face): Sys<number> {
  const [host, hardware] = options.operands;
  const complain = function* (text: string): Sys<number> {
    yield* proc.write(2, `${face === 'busybox' ? 'arp: ' : ''}${text}\n`);
    return face === 'busybox' ? 1 : 255;
  };
  if (host === undefined) return yield* complain('need host name');
  const found = yield* resolveHost(proc, host);
  if (!found.ok) return yield* complain(`${host}: Unknown host`);
  const address = found.value[0] as Ipv4;
  const device = options.value('i') ?? deviceTo(proc, address);
  if (device === null) return yield* complain(`SIOCSARP: ${strerror('ENXIO', proc.library)}`);
  if (proc.uid !== 0)
    return yield* complain(
      `${options.has('d') ? 'SIOCDARP(dontpub)' : 'SIOCSARP'}: ${strerror('EPERM', proc.library)}`,
    );
  if (options.has('d')) {
    if (proc.net.removeNeighbor({ address, device }).ok) return 0;
    yield* proc.write(1, `No ARP entry for ${host}\n`);
    return face === 'busybox' ? 1 : 255;
  }
  if (hardware === undefined) return yield* complain('need hardware address');
  const mac = parseMac(hardware);
  if (!mac.ok) return yield* complain('invalid hardware address');
  const set = proc.net.addNeighbor({ address, device, mac: mac.value });
  return set.ok ? 0 : yield* complain(`SIOCSARP: ${strerror(set.error, proc.library)}`);
}

/** The device of the network that the address is in; entries are for direct neighbours only. */
function deviceTo(proc: Proc, address: Ipv4): string | null {
  const route = proc.net.routeTo(address);
  return route.ok && route.value.gateway === null ? route.value.device : null;
}
