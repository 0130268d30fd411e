import type { AddressInfo, LinkInfo, NetAdmin } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { type Cidr, contains, formatCidr } from '../../wire/cidr.ts';
import { detailLines, statisticsLines } from './link-detail.ts';
import { type Face, flagsOf, headLine, linkLine, nameOf, netnsText, stateOf } from './link-text.ts';

export interface ShowOptions {
  readonly device: string | null;
  /** null: both. */
  readonly family: 4 | 6 | null;
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly statistics: boolean;
  readonly details: boolean;
  readonly upOnly: boolean;
  readonly master: string | null;
  readonly kind: string | null;
}

export interface AddressOptions extends ShowOptions {
  readonly scope: string | null;
  readonly to: Cidr | null;
}

const FOREVER = '       valid_lft forever preferred_lft forever';

const isShown = (link: LinkInfo, { device, upOnly, master, kind }: ShowOptions): boolean =>
  (device === null || link.name === device) &&
  (!upOnly || link.up) &&
  (master === null || link.master === master) &&
  (kind === null || link.kind === kind);

const lined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** A device with those of its addresses that are asked for. */
export interface ShownAddresses {
  readonly link: LinkInfo;
  readonly own: readonly AddressInfo[];
  /** Every kernel with IPv6 gives lo its address as it comes up. */
  readonly six: boolean;
}

export function shownAddresses(net: NetAdmin, options: AddressOptions): readonly ShownAddresses[] {
  const addresses = net.addresses();
  const { family, scope, to } = options;
  const filtered = family !== null || scope !== null || to !== null;
  return net.links().flatMap((link) => {
    if (!isShown(link, options)) return [];
    const own =
      family === 6
        ? []
        : addresses.filter(
            (each) =>
              each.device === link.name &&
              (scope === null || each.scope === scope) &&
              (to === null || contains(to, each.address.address)),
          );
    const six =
      family !== 4 && to === null && (scope === null || scope === 'host') && link.kind === 'loopback' && link.up;
    return filtered && own.length === 0 && !six ? [] : [{ link, own, six }];
  });
}

export const shownLinks = (net: NetAdmin, options: ShowOptions): readonly LinkInfo[] =>
  net.links().filter((link) => isShown(link, options));

/** `ip addr show`: the devices with their addresses. */
export function showAddresses(net: NetAdmin, options: AddressOptions, face: Face): string {
  const links = net.links();
  const lines = shownAddresses(net, options).flatMap(({ link, own, six }) => {
    const texts = own.map(inetText);
    if (six) texts.push(face === 'iproute2' ? 'inet6 ::1/128 scope host noprefixroute ' : 'inet6 ::1/128 scope host ');
    if (options.brief) return [briefLine(link, links, own, six)];
    if (options.oneLine) return texts.map((text) => `${link.index}: ${link.name}    ${text}\\${FOREVER}`);
    const head = headLine(link, links, face);
    const hardware = options.family === null ? [linkLine(link, face)] : [];
    return [
      // Where the line of the hardware address isn't shown, the first one tells the other end's namespace.
      hardware.length === 0 ? `${head}${netnsText(link, face)}` : head,
      ...hardware,
      ...(options.details ? detailLines(link, net) : []),
      ...texts.flatMap((text) => [`    ${text}`, FOREVER]),
      ...(options.statistics ? statisticsLines(link) : []),
    ];
  });
  return lined(lines);
}

function inetText({ address, broadcast, scope, secondary, device }: AddressInfo): string {
  return `inet ${formatCidr(address)}${broadcast === null ? '' : ` brd ${formatIpv4(broadcast)}`} scope ${scope}${secondary ? ' secondary' : ''} ${device}`;
}

function briefLine(link: LinkInfo, links: readonly LinkInfo[], own: readonly AddressInfo[], six: boolean): string {
  const addresses = [...own.map((each) => formatCidr(each.address)), ...(six ? ['::1/128'] : [])];
  return `${nameOf(link, links, 'iproute2').padEnd(16)} ${stateOf(link).padEnd(14)} ${addresses.map((each) => `${each} `).join('')}`;
}

/** `ip link show`. */
export function showLinks(net: NetAdmin, options: ShowOptions, face: Face): string {
  const links = net.links();
  const lines = shownLinks(net, options).flatMap((link) => {
    const hardware = linkLine(link, face);
    if (options.brief) {
      const mac = hardware.trim().split(' ')[1] as string;
      return [
        `${nameOf(link, links, face).padEnd(16)} ${stateOf(link).padEnd(14)} ${mac} <${flagsOf(link, links, face)}> `,
      ];
    }
    const head = headLine(link, links, face);
    const shown = [
      face === 'iproute2' ? head.replace(/ state (\S+)/, (all) => `${all} mode DEFAULT`) : head,
      hardware,
      ...(options.details ? detailLines(link, net) : []),
      ...(options.statistics && face === 'iproute2' ? statisticsLines(link) : []),
    ];
    return options.oneLine ? [shown.join('\\')] : shown;
  });
  return lined(lines);
}
