import type { DropWords } from './drop-words.ts';

const words = (what: string, why: string, remedy: string): DropWords => ({ what, why, remedy });

export const ENGLISH_DROPS: Readonly<Record<string, DropWords>> = {
  'link down': words(
    'The network device is switched off.',
    'It was set down, or its container stopped while the packet was on its way.',
    'See with `ip link` whether it is UP; start the container again if it has stopped.',
  ),
  'no carrier': words(
    'The device is on, but nothing answers at the other end of its cable.',
    'The other end of the veth pair is down, or a bridge has no port that is up.',
    'Look whether the container at the other end runs: `docker ps -a`.',
  ),
  'dummy device': words(
    'The packet went into a dummy device, which swallows everything.',
    'Docker uses one as the parent of a macvlan or ipvlan network that has no real device: it leads nowhere.',
    'Give the network a parent device that has a cable: `-o parent=eth0`.',
  ),
  'not for this host': words(
    'The frame carries another device’s hardware address, so this one passed over it.',
    'A bridge that does not know an address yet sends a copy to every port; all but one of them end like this.',
    'Nothing to do: one of the other copies is the one that counts.',
  ),
  'unknown protocol': words(
    'Nobody on this machine speaks the protocol that the packet carries.',
    'Neither the kernel nor a program has asked for packets of that kind.',
    'Use TCP, UDP or ICMP, or start the program that understands it.',
  ),
  'invalid source address': words(
    'The frame claims to come from a group address.',
    'A sender is always a single device; bridges refuse anything else.',
    'Give the sending device a proper hardware address.',
  ),
  'already on that port': words(
    'The bridge would have sent the frame back to where it came from.',
    'Its table says that the destination is behind the very port by which the frame arrived, so it has been there already.',
    'Nothing to do, unless two devices have the same hardware address: compare them with `ip link`.',
  ),
  'no other port': words(
    'The bridge has no other port that the frame could leave by.',
    'It is the only device on this network, or the others are down.',
    'Start the other container, and see with `docker network inspect` who is on the network.',
  ),
  'reserved group address': words(
    'The frame is for bridges among themselves, and is never passed on.',
    'Addresses 01:80:c2:00:00:0x stay on one cable.',
    'Nothing to do.',
  ),
  'ARP for another address': words(
    'The ARP question is about an address that this machine doesn’t have, so it keeps silent.',
    'ARP asks everybody on the network; only the owner of the address answers.',
    'Nothing to do if another copy was answered. If nobody answers, the address is not in use on this network.',
  ),
  'invalid ARP': words(
    'The ARP packet makes no sense.',
    'Its sender’s or target’s address cannot belong to a single machine.',
    'Look at the sender’s address with `ip addr`.',
  ),
  'no route': words(
    'The machine doesn’t know where to send this.',
    'No line of its routing table fits the destination, and it has no default route.',
    'Look with `ip route`. A container on an internal network has no way out by design; connect it to another network with `docker network connect`.',
  ),
  'blackhole route': words(
    'A route says: throw it away without a word.',
    'A line `blackhole …` stands in the routing table.',
    'See `ip route`, and remove the line with `ip route del` if it shouldn’t be there.',
  ),
  'unreachable route': words(
    'A route says: this destination cannot be reached.',
    'A line `unreachable …` stands in the routing table; the sender is told.',
    'See `ip route`, and remove the line if it shouldn’t be there.',
  ),
  'prohibited route': words(
    'A route forbids this destination.',
    'A line `prohibit …` stands in the routing table; the sender is told.',
    'See `ip route`, and remove the line if it shouldn’t be there.',
  ),
  'forwarding is off': words(
    'The packet is for somebody else, and this machine doesn’t pass packets on.',
    '`net.ipv4.ip_forward` is 0 in this network namespace: it is no router.',
    'Docker switches it on for the host: `sysctl net.ipv4.ip_forward`. Inside a container it is normally off.',
  ),
  'martian source': words(
    'The packet claims to come from an address that cannot be at that side.',
    'For example from 127.0.0.1, or from one of this machine’s own addresses, but it arrived by cable.',
    'Look which address the sender used; only a program on the same machine may use 127.0.0.1.',
  ),
  'martian destination': words(
    'The packet arrived by cable but is addressed to 127.0.0.1.',
    'Loopback addresses are private to each network namespace: whatever comes from outside for them is refused.',
    'Let the program listen on `0.0.0.0`, and use the machine’s real address.',
  ),
  'reverse path filter': words(
    'An answer would leave by another device than the packet came in by.',
    'With `rp_filter` on, Linux then takes the sender’s address for forged.',
    'Compare `ip route get <sender>` with the device it came in by; often a route is missing.',
  ),
  'multicast group not joined': words(
    'The packet is for a group that nobody here belongs to.',
    'No program on this machine has joined that multicast address.',
    'Nothing to do, unless a program here should have joined it.',
  ),
  'TTL exceeded': words(
    'The packet has passed as many routers as it was allowed to.',
    'Each router takes one off the TTL; here it would have become zero. `traceroute` does this on purpose.',
    'If it was not `traceroute`, look for routes that lead in a circle.',
  ),
  'too big and DF is set': words(
    'The packet is longer than the next link takes, and must not be cut.',
    'Its DF flag forbids cutting. The sender is told the size that fits, and tries again with less.',
    'Nothing to do: TCP adapts by itself. For a network of its own size, set the MTU option of the network.',
  ),
  'fragments missing': words(
    'Parts of a packet that was cut never arrived.',
    'The others waited 30 seconds and then gave up.',
    'Send less at once, or look where the missing parts were dropped.',
  ),
  'duplicate fragment': words(
    'The same part of a packet came twice.',
    'One is enough; the second is thrown away.',
    'Nothing to do.',
  ),
  'overlapping fragment': words(
    'Parts of a packet overlap, which no honest sender does.',
    'Linux throws the whole packet away (CVE-2018-5391).',
    'Look at the sender.',
  ),
  'host unreachable': words(
    'Nobody answered the question who has that address.',
    'ARP asked three times, a second apart. The address belongs to this network, but no machine that is up has it.',
    'Is the address right, and does the container run? `docker network inspect` shows who is there.',
  ),
  'neighbour queue full': words(
    'Too many packets were waiting for the same ARP answer.',
    'The oldest had to go. Whoever sent it will usually try again.',
    'Look why the ARP question isn’t answered.',
  ),
  'neighbour removed': words(
    'The packet waited for an ARP answer, and the entry that it waited for was removed.',
    'The device went down, or somebody flushed the table.',
    'Try again.',
  ),
  'dropped by netfilter': words(
    'A firewall rule ended it.',
    'The step before this one names the rule, or the chain’s policy, that said so. Docker writes such rules to keep networks apart.',
    'Put the two containers on a common network (`docker network connect`), or publish the port and use the host’s address.',
  ),
  'no listener': words(
    'The packet arrived, but no program listens on that port.',
    'For TCP the machine answers with RST, which shows as “Connection refused”; for UDP with an ICMP error.',
    'See with `netstat -tln` inside which ports are open, and on which address: a program that listens on 127.0.0.1 can’t be reached from outside.',
  ),
  'no socket': words(
    'No open socket wants this packet.',
    'The program that had it has closed it, or has ended.',
    'Look whether the program still runs.',
  ),
  'bad segment': words(
    'The TCP segment doesn’t fit the connection it belongs to.',
    'Its numbers lie outside what is expected: an old duplicate, or the other side has forgotten the connection.',
    'Usually nothing: TCP repeats what matters.',
  ),
  'queue full': words(
    'The program doesn’t fetch what arrives, and its queue is full.',
    'A server that is busy or stopped (Ctrl+Z, `docker pause`) takes nothing from its queue.',
    'Let the program go on: `docker unpause`, or `fg` in its terminal. TCP tries again by itself.',
  ),
  ignored: words(
    'The machine was told not to answer this.',
    'A setting such as `icmp_echo_ignore_all`, or a ping to a whole network, which nobody answers.',
    'See `sysctl net.ipv4`, or ask a single address.',
  ),
  'namespace gone': words(
    'The container’s network namespace was taken away while the packet was in it.',
    'The container stopped or was removed.',
    'Start it again and repeat.',
  ),
};
