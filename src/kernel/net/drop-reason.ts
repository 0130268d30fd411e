/**
 * Why a packet ended: the closed list that `TraceKind.drop` records carry as detail. After the kernel's own
 * (include/net/dropreason-core.h), in words that a learner can read.
 */
export const DropReason = {
  /** The device is down, or was taken away while the frame was on its way. */
  linkDown: 'link down',
  noCarrier: 'no carrier',
  /** A dummy device swallows what it is given (drivers/net/dummy.c). */
  dummyDevice: 'dummy device',
  /** The frame carries another machine's hardware address. */
  otherHost: 'not for this host',
  unknownProtocol: 'unknown protocol',
  /** Bridge: the source address is a group address, or the frame would leave by the port it came in by. */
  invalidSource: 'invalid source address',
  samePort: 'already on that port',
  noPort: 'no other port',
  reservedAddress: 'reserved group address',
  /** ARP about an address that is not ours. */
  arpNotForUs: 'ARP for another address',
  arpInvalid: 'invalid ARP',
  /** IPv4. */
  noRoute: 'no route',
  blackhole: 'blackhole route',
  unreachableRoute: 'unreachable route',
  prohibited: 'prohibited route',
  notForwarding: 'forwarding is off',
  martianSource: 'martian source',
  martianDestination: 'martian destination',
  rpFilter: 'reverse path filter',
  notJoined: 'multicast group not joined',
  ttlExceeded: 'TTL exceeded',
  tooBig: 'too big and DF is set',
  fragmentTimeout: 'fragments missing',
  fragmentDuplicate: 'duplicate fragment',
  fragmentOverlap: 'overlapping fragment',
  /** Neighbours. */
  neighborFailed: 'host unreachable',
  neighborQueueFull: 'neighbour queue full',
  neighborGone: 'neighbour removed',
  /** Netfilter: some rule, policy or NAT said so; the record before this one says which. */
  netfilter: 'dropped by netfilter',
  /** Transport: for whoever owns it. */
  noListener: 'no listener',
  noSocket: 'no socket',
  badSegment: 'bad segment',
  queueFull: 'queue full',
  ignored: 'ignored',
  namespaceGone: 'namespace gone',
} as const;
export type DropReason = (typeof DropReason)[keyof typeof DropReason];
