/**
 * The switches of one network namespace that /proc/sys/net shows. Per-device copies of a setting are not kept, apart
 * from `route_localnet`: `conf.all`, `conf.default` and `conf.<device>` are one value here.
 */
export class NetSysctl {
  ipForward = false;
  /** 0: off, 1: strict, 2: loose (RFC 3704), as Ubuntu sets it in 10-network-security.conf. */
  rpFilter = 2;
  defaultTtl = 64;
  /** br_netfilter: bridged IPv4 frames pass iptables. */
  bridgeNfCallIptables = true;
  /** Whether 127/8 may be routed at all devices; one device: `NetDevice.routeLocalnet`. */
  routeLocalnet = false;
  icmpEchoIgnoreAll = false;
  icmpEchoIgnoreBroadcasts = true;
  localPortFirst = 32768;
  localPortLast = 60999;
  unprivilegedPortStart = 1024;

  /** The text of a setting, or undefined where there is none of that name. */
  get(name: string): string | undefined {
    const setting = find(name);
    return setting?.read(this);
  }

  /** Whether the name is known and the value fits. */
  set(name: string, value: string): boolean {
    return find(name)?.write(this, value.trim()) ?? false;
  }
}

interface Setting {
  read(sysctl: NetSysctl): string;
  write(sysctl: NetSysctl, value: string): boolean;
}

type Key<T> = { [K in keyof NetSysctl]: NetSysctl[K] extends T ? K : never }[keyof NetSysctl];

function flag(key: Key<boolean>): Setting {
  return {
    read: (sysctl) => (sysctl[key] ? '1' : '0'),
    write: (sysctl, value) => {
      if (!/^\d+$/.test(value)) return false;
      sysctl[key] = Number(value) !== 0;
      return true;
    },
  };
}

function integer(key: 'rpFilter' | 'defaultTtl' | 'unprivilegedPortStart', least: number, most: number): Setting {
  return {
    read: (sysctl) => String(sysctl[key]),
    write: (sysctl, value) => {
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < least || number > most) return false;
      sysctl[key] = number;
      return true;
    },
  };
}

const portRange: Setting = {
  read: (sysctl) => `${sysctl.localPortFirst}\t${sysctl.localPortLast}`,
  write: (sysctl, value) => {
    const match = /^(\d+)\s+(\d+)$/.exec(value);
    if (!match || Number(match[1]) > Number(match[2]) || Number(match[2]) > 65535) return false;
    sysctl.localPortFirst = Number(match[1]);
    sysctl.localPortLast = Number(match[2]);
    return true;
  },
};

const SETTINGS = new Map<string, Setting>([
  ['net.ipv4.ip_forward', flag('ipForward')],
  ['net.ipv4.ip_default_ttl', integer('defaultTtl', 1, 255)],
  ['net.ipv4.ip_local_port_range', portRange],
  ['net.ipv4.ip_unprivileged_port_start', integer('unprivilegedPortStart', 0, 65535)],
  ['net.ipv4.icmp_echo_ignore_all', flag('icmpEchoIgnoreAll')],
  ['net.ipv4.icmp_echo_ignore_broadcasts', flag('icmpEchoIgnoreBroadcasts')],
  ['net.ipv4.conf.*.forwarding', flag('ipForward')],
  ['net.ipv4.conf.*.rp_filter', integer('rpFilter', 0, 2)],
  ['net.ipv4.conf.*.route_localnet', flag('routeLocalnet')],
  ['net.bridge.bridge-nf-call-iptables', flag('bridgeNfCallIptables')],
]);

function find(name: string): Setting | undefined {
  return SETTINGS.get(name.replace(/^(net\.ipv4\.conf)\.[^.]+/, '$1.*'));
}

/** The names that `sysctl -a` would list. */
export function sysctlNames(): readonly string[] {
  return [...SETTINGS.keys()].map((name) => name.replace('*', 'all'));
}
