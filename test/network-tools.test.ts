import { beforeAll, describe, expect, it } from 'vitest';
import type { TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';

/** A lab host with terminals; a command gives what its terminal shows of it. */
class Host {
  private readonly lab = wholeLab({ seed: 1 });
  private readonly terminals: { readonly id: TerminalId; shown: string }[] = [];

  constructor() {
    for (let i = 0; i < 2; i++) {
      const terminal = { id: 0 as TerminalId, shown: '' };
      const id = this.lab.openTerminal({ columns: 200, rows: 50, onOutput: (text) => (terminal.shown += text) });
      this.terminals.push(Object.assign(terminal, { id }));
    }
    this.lab.advance(1e9);
  }

  type(terminal: 0 | 1, line: string): void {
    const { id } = this.terminals[terminal] as { id: TerminalId };
    this.lab.type(id, `${line}\r`);
    this.lab.advance(1e9);
  }

  shown(terminal: 0 | 1, seconds: number): string {
    this.lab.advance(seconds * 1e9);
    const own = this.terminals[terminal] as { shown: string };
    const text = own.shown.replace(/\u001b\][^\u0007]*\u0007|\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');
    own.shown = '';
    return text;
  }

  run(line: string, seconds = 5): string {
    this.shown(0, 0);
    this.type(0, `${line}; echo "[$?]"`);
    const text = this.shown(0, seconds);
    return text.slice(text.indexOf('\n') + 1, text.lastIndexOf(']') + 1);
  }

  /** What tcpdump shows while a command runs, without its first and last lines. */
  capture(args: string, line: string): string {
    this.shown(1, 0);
    this.type(1, `timeout 8 tcpdump ${args}; clear`);
    this.run(line);
    const text = this.shown(1, 8);
    return text.slice(text.indexOf(' bytes\n') + 7, text.search(/\n*\d+ packets? captured/));
  }
}

let host: Host;
beforeAll(() => {
  host = new Host();
  host.run('docker network create -o com.docker.network.bridge.name=br0 net');
  host.run('docker run -d --name one --network net busybox sleep 9999');
  host.run('docker run -d --name two --network net nginx:alpine');
  host.run('docker exec one ping -c 1 two');
});

describe('tcpdump on a bridge sees what passes between containers', () => {
  it('by its own line', () => {
    expect(host.capture('-nn -t -i br0 icmp', 'docker exec one ping -c 1 two')).toMatch(
      /^IP 172\.18\.0\.2 > 172\.18\.0\.3: ICMP echo request, id \d+, seq 0, length 64\nIP 172\.18\.0\.3 > 172\.18\.0\.2: ICMP echo reply, id \d+, seq 0, length 64$/,
    );
  });

  it('but not without looking on (-p)', () => {
    expect(host.capture('-p -nn -t -i br0 icmp', 'docker exec one ping -c 1 two')).toBe('');
  });

  it('with the frame around it (-e) and the header in front (-v)', () => {
    const text = host.capture('-nn -t -e -v -c 1 -i br0 icmp', 'docker exec one ping -c 1 two');
    expect(text).toMatch(
      /^([0-9a-f]{2}:){5}[0-9a-f]{2} > \S+, ethertype IPv4 \(0x0800\), length 98: \(tos 0x0, ttl 64, id \d+, offset 0, flags \[DF\], proto ICMP \(1\), length 84\)\n {4}172\.18\.0\.2 > 172/,
    );
  });

  it('with its bytes (-X) and its text (-A)', () => {
    const get = "'tcp[tcpflags] & tcp-push != 0 and dst port 80'";
    expect(host.capture(`-nn -t -X -c 1 -i br0 ${get}`, 'docker exec one wget -qO- two')).toMatch(
      /\n\t0x0030: .{40} {2}.*\n/,
    );
    expect(host.capture(`-t -A -c 1 -i br0 ${get}`, 'docker exec one wget -qO- two')).toMatch(
      / > \S+\.80: Flags \[P\.\], .* length \d+: HTTP: GET \/ HTTP\/1\.1\n[^]*Host: two\n/,
    );
  });

  it('by IPv6 on lo, where localhost is', () => {
    host.run('docker run -d --name pub -p 8080:80 nginx:alpine');
    expect(host.capture("-nn -t -c 1 -i lo 'ip6 and dst port 8080'", 'curl -s localhost:8080')).toMatch(
      /^IP6 ::1\.\d+ > ::1\.8080: Flags \[S\]/,
    );
  });

  it('inside a container, and ends when it is told to', () => {
    const inside = "nsenter -t $(docker inspect -f '{{.State.Pid}}' two) -n";
    expect(host.run(`timeout 1 ${inside} tcpdump -nn -i eth0 icmp`)).toMatch(/0 packets dropped by kernel\n\[124\]$/);
    expect(host.run('ps')).not.toContain('tcpdump');
  });

  it('and conntrack say what they have not', () => {
    expect(host.run('conntrack -E')).toContain('-E is not on this simulated host; -L, -C, -D and -F are.');
    expect(host.run('conntrack -S')).toContain('-S is not on this simulated host');
  });

  it('conntrack -D forgets connections', () => {
    host.run('conntrack -F; docker exec one ping -c 1 example.com');
    expect(host.run('conntrack -D -p tcp')).toContain('0 flow entries have been deleted.\n[1]');
    expect(host.run('conntrack -D -p icmp -d 203.0.113.10')).toMatch(
      /^icmp .*\n.*1 flow entries have been deleted\.\n\[0\]$/,
    );
    expect(host.run('conntrack -L -p icmp')).toContain('0 flow entries have been shown.');
    expect(host.run('conntrack -L --sport 7 --dport 8080 --state ESTABLISHED')).toContain('0 flow entries');
  });

  it('and nsenter say what they have not', () => {
    expect(host.run('nsenter --net=/var/run/docker/netns/abc ip addr')).toContain('namespaces have no files on this');
    expect(host.run('nsenter -t 1 -n true')).toBe('[0]');
    expect(host.run('tcpdump -w x.pcap')).toContain("-w is refused: packets aren't kept in files");
    expect(host.run('tcpdump -i nosuch')).toBe('tcpdump: nosuch: No such device exists\n[1]');
    expect(host.run('tcpdump -i br0 hosst')).toBe("tcpdump: can't parse filter expression: unknown host 'hosst'\n[1]");
  });
});

describe('names from the host', () => {
  it('dig', () => {
    expect(host.run('dig +short example.com')).toBe('203.0.113.10\n[0]');
    expect(host.run('dig +noall +answer example.com')).toMatch(
      /^example\.com\.\s+300\s+IN\s+A\s+203\.0\.113\.10\n\[0\]$/,
    );
    expect(host.run('dig nosuch.example')).toContain('status: NXDOMAIN');
    expect(host.run('dig @127.0.0.1 example.com')).toContain(
      ';; communications error to 127.0.0.1#53: connection refused',
    );
  });

  it('dig, host and nslookup inside a container', () => {
    const inside = "nsenter -t $(docker inspect -f '{{.State.Pid}}' one) -n";
    expect(host.run(`${inside} dig +short two @127.0.0.11`)).toBe('172.18.0.3\n[0]');
    expect(host.run(`${inside} dig +short -x 172.18.0.3 @127.0.0.11`)).toBe('two.net.\n[0]');
    expect(host.run(`${inside} dig +tcp +short two @127.0.0.11`)).toBe('172.18.0.3\n[0]');
    expect(host.run(`${inside} host two 127.0.0.11`)).toContain('two has address 172.18.0.3\n');
    expect(host.run(`${inside} nslookup two 127.0.0.11`)).toContain('Name:\ttwo\nAddress: 172.18.0.3\n');
  });

  it('nslookup and hostname know of domains', () => {
    host.run(
      'docker run -d --name homely --network net -h box --domainname lab.example --dns-search com busybox sleep 9999',
    );
    expect(host.run('docker exec homely nslookup example')).toContain('Name:\texample.com\nAddress: 203.0.113.10\n');
    expect(host.run('docker exec homely nslookup two')).toContain("** server can't find two.com: NXDOMAIN");
    expect(host.run('docker exec homely nslookup two.')).toContain('Name:\ttwo\nAddress: 172.18.0.3\n');
    expect(host.run('docker exec homely hostname -f')).toBe('box.lab.example\n[0]');
    expect(host.run('docker exec homely hostname -d')).toBe('lab.example\n[0]');
    expect(host.run('docker exec homely hostname -s')).toBe('box\n[0]');
    host.run('docker rm -f homely');
  });

  it('host and nslookup, and a name that is nobody', () => {
    expect(host.run('host example.com')).toBe('example.com has address 203.0.113.10\n[0]');
    expect(host.run('host nosuch.example')).toBe('Host nosuch.example not found: 3(NXDOMAIN)\n[1]');
    expect(host.run('nslookup nosuch.example')).toContain("** server can't find nosuch.example: NXDOMAIN");
  });
});

describe('a container without CAP_NET_ADMIN', () => {
  it('changes nothing of its network', () => {
    expect(host.run('docker exec one ip route del default')).toBe(
      'ip: RTNETLINK answers: Operation not permitted\n[2]',
    );
    expect(host.run('docker exec --privileged one ip link set eth0 mtu 1400')).toBe('[0]');
    expect(host.run('docker run --rm --cap-add NET_ADMIN busybox ip route del default')).toBe('[0]');
  });
});

describe('ip -j tells the same as JSON', () => {
  const json = (line: string) => JSON.parse(host.run(`${line} | jq -c .`).replace(/\[0\]$/, '')) as unknown;

  it('devices and their addresses', () => {
    expect(json('ip -j addr show br0')).toMatchObject([
      {
        ifname: 'br0',
        flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
        mtu: 1500,
        operstate: 'UP',
        link_type: 'ether',
        addr_info: [
          { family: 'inet', local: '172.18.0.1', prefixlen: 16, broadcast: '172.18.255.255', scope: 'global' },
        ],
      },
    ]);
    expect(json('ip -j -d link show master br0')).toMatchObject([
      { link_index: 2, master: 'br0', linkinfo: { info_kind: 'veth', info_slave_kind: 'bridge' } },
      { link_index: 2, master: 'br0' },
    ]);
    expect(json('ip -j -br -4 addr show lo')).toEqual([
      { ifname: 'lo', operstate: 'UNKNOWN', addr_info: [{ local: '127.0.0.1', prefixlen: 8 }] },
    ]);
  });

  it('routes, neighbours and rules', () => {
    expect(json('ip -j route show dev br0')).toEqual([
      { dst: '172.18.0.0/16', protocol: 'kernel', scope: 'link', prefsrc: '172.18.0.1', flags: [] },
    ]);
    expect(json('ip -j route get 127.0.0.1')).toMatchObject([{ type: 'local', dev: 'lo', cache: ['local'] }]);
    expect(json('ip -j rule')).toContainEqual({ priority: 32766, src: 'all', table: 'main' });
    host.run('ping -c 1 172.18.0.2');
    expect(json('ip -j neigh show dev br0')).toMatchObject([{ dst: '172.18.0.2', state: ['REACHABLE'] }]);
  });

  it('for people with -p', () => {
    expect(host.run('ip -p -j route show dev br0')).toBe(
      '[ {\n        "dst": "172.18.0.0/16",\n        "protocol": "kernel",\n        "scope": "link",\n        "prefsrc": "172.18.0.1",\n        "flags": [ ]\n    } ]\n[0]',
    );
  });

  it('not in BusyBox, which has no -j', () => {
    expect(host.run('docker exec one ip -j addr')).toMatch(/^BusyBox .*\n\nUsage: ip /);
  });
});

describe('::1 answers echo requests', () => {
  it('of iputils and of BusyBox', () => {
    expect(host.run('ping -c 1 ::1')).toMatch(
      /^PING ::1 \(::1\) 56 data bytes\n64 bytes from ::1: icmp_seq=1 ttl=64 time=\S+ ms\n\n--- ::1 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss/,
    );
    expect(host.run('ping -6 -c 1 ip6-localhost')).toContain('64 bytes from ip6-localhost (::1): icmp_seq=1');
    expect(host.run('docker exec one ping6 -c 1 ::1')).toMatch(
      /^PING ::1 \(::1\): 56 data bytes\n64 bytes from ::1: seq=0 ttl=64 time=\S+ ms\n/,
    );
  });

  it('and tcpdump sees both ways', () => {
    expect(host.capture('-nn -t -i lo icmp6', 'ping -c 1 ::1')).toMatch(
      /^IP6 ::1 > ::1: ICMP6, echo request, id (\d+), seq 1, length 64\nIP6 ::1 > ::1: ICMP6, echo reply, id \1, seq 1, length 64$/,
    );
  });

  it('-M: what is too long for the way is told', () => {
    host.run('docker network create -o com.docker.network.driver.mtu=600 small');
    host.run('docker run -d --name thin --network small busybox sleep 9999');
    const address = host.run("docker inspect -f '{{.NetworkSettings.Networks.small.IPAddress}}' thin").split('\n')[0];
    expect(host.run('ping -M do -s 1472 -c 1 example.com')).toContain('1480 bytes from example.com');
    expect(host.run('ping -M do -s 1473 -c 1 example.com')).toMatch(
      /local error: message too long, mtu=1500\n\n--- example\.com ping statistics ---\n1 packets transmitted, 0 received, \+1 errors, 100% packet loss/,
    );
    expect(host.run('ping -M dont -s 1473 -c 1 example.com')).toContain(' 0% packet loss');
    expect(host.run(`ping -M do -s 573 -c 1 ${address}`)).toContain('local error: message too long, mtu=600');
    // From another network: the host itself forwards, and says what it can't.
    host.run('iptables -I DOCKER-USER -j ACCEPT; iptables -t raw -F');
    const inside = "nsenter -t $(docker inspect -f '{{.State.Pid}}' one) -n";
    const cut = host.run(`${inside} ping -M do -s 1000 -c 2 ${address}`);
    expect(cut).toContain('icmp_seq=1 Frag needed and DF set (mtu = 600)\n');
    expect(cut).toContain('ping: local error: message too long, mtu=600\n');
    expect(host.run('ping -M maybe example.com')).toBe('ping: invalid -M argument: maybe\n[2]');
    host.run('docker rm -f thin; docker network rm small; iptables -F DOCKER-USER');
  });

  it('nothing else does by IPv6, and why is told', () => {
    expect(host.run('ping -c 1 2001:db8::1')).toBe('ping: connect: Network is unreachable\n[2]');
    expect(host.run('ping -c 1 -4 ::1')).toBe('ping: ::1: Address family for hostname not supported\n[2]');
    expect(host.run('ping -c 1 -6 example.com')).toBe('ping: example.com: No address associated with hostname\n[2]');
    expect(host.run('docker exec one ping -c 1 2001:db8::1')).toMatch(/\nping: sendto: Network unreachable\n\[1\]$/);
  });
});

describe('ss -p and netstat -p name the process that has a socket, by its number where they look', () => {
  it('from the host, in a container’s network and on the host’s own', () => {
    host.run('docker run -d --name three --network host nginx:alpine');
    const pid = (name: string) => host.run(`docker inspect -f '{{.State.Pid}}' ${name}`).split('\n')[0] as string;
    const [two, three] = [pid('two'), pid('three')];
    expect(host.run(`nsenter -t ${two} -n ss -Hltnp 'sport = 80' -4`)).toContain(`users:(("nginx",pid=${two},fd=`);
    expect(host.run("ss -Hltnp 'sport = 80' -4")).toContain(`users:(("nginx",pid=${three},fd=`);
    expect(host.run('netstat -ltnp')).toMatch(new RegExp(`0\\.0\\.0\\.0:80 .* ${three}/nginx`));
    host.run('docker rm -f three');
  });

  it('from inside of the container', () => {
    expect(host.run('docker exec two netstat -ltnp')).toMatch(/0\.0\.0\.0:80 .* 1\/nginx/);
  });
});

describe('BusyBox nc at ::1', () => {
  const inside = (line: string) => host.run(`docker exec one sh -c '${line}'`);

  it('connects, listens there and tells both ends', () => {
    expect(inside('nc -l -v -p 11 -s ::1 & sleep 1; echo x | nc -w 1 ::1 11; wait')).toMatch(
      /^listening on \[::1\]:11 \.\.\.\nconnect to \[::1\]:11 from \[::1\]:(\d+) \(\[::1\]:\1\)\nx\n\[0\]$/,
    );
    expect(inside('nc -vv -z ::1 12')).toBe('nc: ::1 ([::1]:12): Connection refused\n[1]');
    expect(inside('nc -vv -z 2001:db8::1 12')).toBe('nc: 2001:db8::1 ([2001:db8::1]:12): Network unreachable\n[1]');
  });

  it('by UDP says that it can’t', () => {
    expect(inside('nc -u ::1 9')).toBe('nc: UDP over IPv6 is not on this simulated host; TCP to ::1 is\n[1]');
  });
});
