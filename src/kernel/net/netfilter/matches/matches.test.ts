import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../base/bytes.ts';
import { unwrap } from '../../../../base/result.ts';
import { ipv4 } from '../../../../wire/address.ts';
import { cidr } from '../../../../wire/cidr.ts';
import { addAddress } from '../../route/interface-address.ts';
import { createSocket } from '../../socket/create.ts';
import { Topology } from '../../topology.fixture.ts';

/** A host that publishes port 8080 of a container; somebody outside sends there once, and is told that nobody listens. */
function build() {
  const topology = new Topology();
  const host = topology.netns('host');
  host.sysctl.ipForward = true;
  topology.container('box', topology.bridge(host, 'br0', '10.0.0.1/24'), '10.0.0.2/24');
  const outside = topology.netns('outside');
  const [eth0, inside] = topology.cable(host, 'eth0', outside, 'eth0', '192.168.1.2/24');
  addAddress(eth0, cidr('192.168.1.1/24'));
  topology.route(outside, '0.0.0.0/0', '192.168.1.1', inside);
  const iptables = (words: string) => host.netfilter.iptables(words.split(' '));
  iptables('-t nat -A PREROUTING -p udp --dport 8080 -j DNAT --to-destination 10.0.0.2:80');
  const send = () => {
    const socket = unwrap(createSocket(outside, 'inet', 'datagram'));
    socket.retain();
    socket.send(encodeUtf8('hello'), { family: 'inet', address: ipv4('192.168.1.1'), port: 8080 });
    topology.run();
  };
  return { iptables, send };
}

describe('a rule about', () => {
  it.each([
    // There and back: the packet, and the error that quotes it.
    ['-m conntrack --ctorigdst 192.168.1.1', 2],
    ['-m conntrack --ctorigdst 192.168.1.0/24 --ctorigdstport 8080', 2],
    ['-m conntrack --ctorigdstport 8080 --ctdir ORIGINAL', 1],
    ['-m conntrack --ctdir REPLY', 1],
    ['-m conntrack --ctstate NEW --ctreplsrc 10.0.0.2 --ctreplsrcport 80', 1],
    ['-m conntrack --ctorigdstport 80', 0],
    ['-m conntrack ! --ctorigdst 192.168.1.1', 0],
    ['-m iprange --src-range 192.168.1.2-192.168.1.9', 1],
    ['-m iprange ! --src-range 192.168.1.2-192.168.1.9 --dst-range 192.168.1.0-192.168.1.255', 1],
  ])('%s counts %i of two packets', (words, count) => {
    const { iptables, send } = build();
    expect(iptables(`-A FORWARD ${words}`).error).toBe('');
    expect(iptables('-S FORWARD').out).toBe(`-P FORWARD ACCEPT\n-A FORWARD ${words}\n`);
    send();
    expect(iptables('-L FORWARD -nvx').out.split('\n')[2]?.trim().split(/\s+/)[0]).toBe(String(count));
  });

  it.each([
    ['-m conntrack', 'conntrack: At least one option is required'],
    ['-m conntrack --ctdir back', 'conntrack: Bad value for "--ctdir" option: "back"'],
    ['-m limit --limit 1/s', /the match limit is not on this simulated host: tcp, udp, .* are here/],
    ['-m nosuch', "Couldn't load match `nosuch':No such file or directory"],
    ['-j TEE --gateway 10.0.0.9', /the target TEE is not on this simulated host: ACCEPT, .* are here/],
    ['-j NOSUCH', "Chain 'NOSUCH' does not exist"],
  ])('%s is refused', (words, error) => {
    const said = build().iptables(`-A FORWARD ${words}`);
    expect(said.exit).toBe(2);
    expect(said.error).toMatch(error);
  });
});
