import type { AddressInfo, LinkInfo, NetAdmin } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { formatCidr } from '../../wire/cidr.ts';
import { type Face, flagsOf, headLine, linkLine, nameOf, stateOf } from './link-text.ts';

export interface AddressOptions {
  readonly device: string | null;
  /** null: both. */
  readonly family: 4 | 6 | null;
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly upOnly: boolean;
}

/** `ip addr show`: the devices with their addresses. */
export function showAddresses(net: NetAdmin, options: AddressOptions, face: Face): string {
  const links = net.links();
  const addresses = net.addresses();
  return links
    .filter((link) => (options.device === null || link.name === options.device) && (!options.upOnly || link.up))
    .flatMap((link) => {
      const own = options.family === 6 ? [] : addresses.filter((each) => each.device === link.name);
      const hasSix = options.family !== 4 && link.kind === 'loopback' && link.up;
      if (options.family !== null && own.length === 0 && !hasSix) return [];
      if (options.brief) return [briefLine(link, links, own, hasSix)];
      if (options.oneLine)
        return own.map(
          (each) =>
            `${link.index}: ${link.name}    ${addressLine(each)}\\       valid_lft forever preferred_lft forever`,
        );
      const lines = [headLine(link, links, face)];
      if (options.family === null) lines.push(linkLine(link, face));
      for (const each of own) lines.push(`    ${addressLine(each)}`, '       valid_lft forever preferred_lft forever');
      // Every kernel with IPv6 gives lo its address as it comes up.
      if (hasSix)
        lines.push(
          face === 'iproute2' ? '    inet6 ::1/128 scope host noprefixroute' : '    inet6 ::1/128 scope host',
          '       valid_lft forever preferred_lft forever',
        );
      return lines;
    })
    .map((line) => `${line}\n`)
    .join('');
}

function addressLine({ address, broadcast, scope, secondary, device }: AddressInfo): string {
  return `inet ${formatCidr(address)}${broadcast === null ? '' : ` brd ${formatIpv4(broadcast)}`} scope ${scope}${secondary ? ' secondary' : ''} ${device}`;
}

function briefLine(link: LinkInfo, links: readonly LinkInfo[], own: readonly AddressInfo[], hasSix: boolean): string {
  const addresses = [...own.map((each) => formatCidr(each.address)), ...(hasSix ? ['::1/128'] : [])];
  return `${nameOf(link, links).padEnd(16)} ${stateOf(link).padEnd(14)} ${addresses.map((each) => `${each} `).join('')}`;
}

/** `ip link show`. */
export function showLinks(
  net: NetAdmin,
  options: Pick<AddressOptions, 'device' | 'brief' | 'upOnly'>,
  face: Face,
): string {
  const links = net.links();
  return links
    .filter((link) => (options.device === null || link.name === options.device) && (!options.upOnly || link.up))
    .flatMap((link) => {
      if (!options.brief)
        return [
          headLine(link, links, face).replace(
            / state (\S+)/,
            (all) => `${all}${face === 'iproute2' ? ' mode DEFAULT' : ''}`,
          ),
          linkLine(link, face),
        ];
      const mac = linkLine(link, face).trim().split(' ')[1] as string;
      return [`${nameOf(link, links).padEnd(16)} ${stateOf(link).padEnd(14)} ${mac} <${flagsOf(link, face)}> `];
    })
    .map((line) => `${line}\n`)
    .join('');
}
