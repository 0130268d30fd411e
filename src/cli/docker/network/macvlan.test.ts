import { beforeEach, describe, expect, it } from 'vitest';
import { EthernetDevice } from '../../../kernel/net/link/ethernet.ts';
import { removeDevice } from '../../../kernel/net/link/lifecycle.ts';
import { DockerHost } from '../../docker-host.fixture.ts';

let host: DockerHost;
let card: EthernetDevice;
beforeEach(() => {
  host = new DockerHost();
  card = new EthernetDevice(host.machine.kernel.netns, 'eth0');
});

const create = (...options: readonly string[]) => host.run('network', 'create', '-d', 'macvlan', ...options);

describe('docker network create -d macvlan', () => {
  it('makes nothing on the host, and a second one on the same parent as well', () => {
    const before = host.ok('network', 'ls', '-q');
    expect(create('--subnet', '192.168.0.0/24', '--gateway', '192.168.0.1', '-o', 'parent=eth0', 'lan').exit).toBe(0);
    expect(create('-o', 'parent=eth0', 'other').exit).toBe(0);
    expect(host.ok('network', 'ls', '--filter', 'driver=macvlan', '--format', '{{.Name}} {{.Driver}}')).toBe(
      'lan macvlan\nother macvlan\n',
    );
    expect(host.ok('network', 'rm', 'lan', 'other')).toBe('lan\nother\n');
    expect(host.ok('network', 'ls', '-q')).toBe(before);
  });

  it.each([
    [['-o', 'parent=eth9'], 'invalid subinterface vlan name eth9, example formatting is eth0.10'],
    [['-o', 'parent=eth0.10'], 'failed to create eth0.10 vlan link: operation not supported'],
    [['-o', 'parent=eth0.ten'], 'unable to parse a valid vlan id from: ten (ex. eth0.10 for vlan 10)'],
    [['-o', 'parent=eth0.5000'], 'vlan id must be between 1-4094, received: 5000'],
    [['-o', 'parent=eth7.10'], '-o parent interface was not found on the host: eth7'],
    [
      ['-o', 'parent=a.b.c'],
      'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received a.b.c',
    ],
    [['-o', 'parent=lo'], 'loopback interface is not a valid macvlan parent link'],
    [
      ['-o', 'parent=eth0', '-o', 'macvlan_mode=odd'],
      "requested macvlan mode 'odd' is not valid, 'bridge' mode is the macvlan driver default",
    ],
    [[], 'operation not supported'],
  ])('%j is refused in the words of the driver', (options, message) => {
    expect(create('--subnet', '192.168.0.0/24', ...options, 'lan')).toMatchObject({
      exit: 1,
      err: `Error response from daemon: ${message}\n`,
    });
  });

  it('says plainly what this host has not', () => {
    expect(create('-o', 'parent=eth0', '-o', 'macvlan_mode=passthru', 'lan').err).toContain(
      'the modes bridge, private and vepa are here',
    );
    expect(create('-o', 'parent=docker0', 'lan').err).toContain('name a network card as parent');
  });

  it('goes with its card', () => {
    create('--subnet', '192.168.0.0/24', '-o', 'parent=eth0', 'lan');
    removeDevice(card);
    expect(host.run('run', '--network', 'lan', 'busybox', 'echo', 'up').err).toContain(
      'the requested parent interface eth0 was not found on the Docker host',
    );
    // Its address is free again.
    const [network] = JSON.parse(host.ok('network', 'inspect', 'lan'));
    expect(network.Containers).toEqual({});
  });

  it('has a gateway only where one is named, and gives its first address away else', () => {
    create('--subnet', '192.168.7.0/24', '-o', 'parent=eth0', 'lan');
    host.ok('run', '-d', '--name', 'one', '--network', 'lan', 'busybox', 'sleep', '1000');
    expect(host.ok('inspect', '-f', '{{json .NetworkSettings.Networks.lan.Gateway}}', 'one')).toBe('""\n');
    expect(host.ok('inspect', '-f', '{{.NetworkSettings.Networks.lan.IPAddress}}', 'one')).toBe('192.168.7.1\n');
    expect(host.ok('network', 'inspect', '-f', '{{json .IPAM.Config}}', 'lan')).toBe('[{"Subnet":"192.168.7.0/24"}]\n');
  });

  it('publishes and exposes no ports', () => {
    create('--subnet', '192.168.0.0/24', '--gateway', '192.168.0.1', '-o', 'parent=eth0', 'lan');
    host.ok(
      'run',
      '-d',
      '--name',
      'web',
      '--network',
      'lan',
      '--expose',
      '81',
      '-p',
      '8080:80',
      'busybox',
      'sleep',
      '1000',
    );
    expect(host.ok('ps', '--format', '[{{.Ports}}]')).toBe('[]\n');
    expect(host.ok('port', 'web')).toBe('');
  });
});
