import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../wire/address.ts';
import { conntrackLine } from './conntrack.ts';

const ends = { source: ipv4('172.17.0.2'), destination: ipv4('203.0.113.10') };
const answer = { source: ipv4('203.0.113.10'), destination: ipv4('192.168.0.10') };

describe('a line of conntrack -L', () => {
  it('has the state and ports of TCP', () => {
    const line = conntrackLine({
      protocol: 6,
      timeout: 119,
      state: 'TIME_WAIT',
      original: { ...ends, sourcePort: 40000, destinationPort: 80 },
      reply: { ...answer, sourcePort: 80, destinationPort: 40000 },
      unreplied: false,
      assured: true,
      mark: 0,
    });
    expect(line).toBe(
      'tcp      6 119 TIME_WAIT src=172.17.0.2 dst=203.0.113.10 sport=40000 dport=80 src=203.0.113.10 dst=192.168.0.10 sport=80 dport=40000 [ASSURED] mark=0 use=1',
    );
  });

  it('has type, code and number of ICMP', () => {
    const line = conntrackLine({
      protocol: 1,
      timeout: 29,
      state: null,
      original: { ...ends, sourcePort: 7, destinationPort: 8 << 8 },
      reply: { ...answer, sourcePort: 7, destinationPort: 0 },
      unreplied: true,
      assured: false,
      mark: 0,
    });
    expect(line).toBe(
      'icmp     1 29 src=172.17.0.2 dst=203.0.113.10 type=8 code=0 id=7 [UNREPLIED] src=203.0.113.10 dst=192.168.0.10 type=0 code=0 id=7 mark=0 use=1',
    );
  });
});
