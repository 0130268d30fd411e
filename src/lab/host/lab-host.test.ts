import { describe, expect, it } from 'vitest';
import { PartsHolder } from '../parts.ts';
import { WHOLE } from '../whole.ts';
import type { FromMachine } from '../messages.ts';
import { LabHost } from './lab-host.ts';
import { FRESH, TestPage } from './host.fixture.ts';

const COMPOSE = `version: "3"
services:
  server: { image: busybox, tty: true }
  client: { image: busybox, tty: true }
`;

function pageWithProject(): TestPage {
  const page = new TestPage();
  page.ask({ ask: 'write', path: '/home/user/one/docker-compose.yml', content: COMPOSE });
  page.terminal(1, '/home/user/one');
  page.run(1, 'docker-compose up -d', 8);
  return page;
}

describe('the machine behind its wall', () => {
  it('shows what a terminal shows', () => {
    const page = new TestPage();
    page.terminal(1);
    page.run(1, 'echo $((6 * 7))');
    expect(page.screen.get(1)).toContain('42');
  });

  it('has the containers, networks and namespaces of a project in its view', () => {
    const { view } = pageWithProject();
    const containers = Object.values(view.containers);
    expect(containers.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'one_client_1 running',
      'one_server_1 running',
    ]);
    const network = Object.values(view.networks).find(({ name }) => name === 'one_default');
    expect(network?.subnet).toBe('172.18.0.0/16');
    const [client] = containers;
    const inside = view.namespaces[client?.id ?? '']?.devices['eth0'];
    const outside = view.namespaces['ubuntu']?.devices[inside?.peer?.split('/')[1] ?? ''];
    expect(outside?.peer).toBe(inside?.id);
    expect(outside?.master).toBe(network?.bridge);
    expect(view.namespaces[client?.id ?? '']?.names?.map(({ name }) => name)).toContain('server');
  });

  it('knows on which networks a container is that has been stopped or not yet started', () => {
    const page = pageWithProject();
    page.run(1, 'docker stop -t 0 one_server_1; docker create --name later --network one_default busybox', 3);
    const { containers, networks } = page.view;
    const network = Object.values(networks).find(({ name }) => name === 'one_default');
    for (const name of ['one_server_1', 'later']) {
      const container = Object.values(containers).find((each) => each.name === name);
      expect(container?.endpoints).toMatchObject([{ network: network?.id, address: null, device: null }]);
    }
    page.run(1, 'docker network disconnect one_default later', 3);
    expect(Object.values(page.view.containers).find(({ name }) => name === 'later')?.endpoints).toEqual([]);
  });

  it('tells a packet from its copies, its answers and its questions', () => {
    const page = pageWithProject();
    page.run(1, 'docker-compose exec client ping -c 1 server', 4);
    const request = page.journeys.find(({ summary }) => summary.includes('ICMP echo request'));
    const reply = page.journeys.find(({ summary }) => summary.includes('ICMP echo reply'));
    expect(reply?.parent).toBe(request?.id);
    const way = page.records.filter(({ journey }) => journey === request?.id).map(({ kind }) => kind);
    expect(way[0]).toBe('route');
    expect(way.filter((kind) => kind === 'transmit')).toHaveLength(2);
    expect(way.at(-1)).toBe('deliver');
    const arp = page.journeys.find(({ protocol, parent }) => protocol === 'arp' && parent === request?.id);
    expect(arp?.summary).toContain('who-has');
    const question = page.journeys.find(({ protocol, summary }) => protocol === 'dns' && summary.includes('server.'));
    expect(page.records.some(({ kind, journey }) => kind === 'dns' && journey === question?.id)).toBe(true);
  });

  it('has the tables as they were at every step of a packet', () => {
    const page = pageWithProject();
    page.run(1, 'ping -c 1 172.18.0.2');
    const first = (text: string) => page.journeys.find(({ summary }) => summary.includes(text));
    const steps = (text: string) => page.records.filter(({ journey }) => journey === first(text)?.id);
    const tablesAt = (time: number | undefined) => {
      const host = page.views.find((view) => view.time >= (time ?? Number.NaN))?.namespaces['ubuntu'];
      return {
        neighbor: host?.neighbors.find(({ address }) => address === '172.18.0.2')?.state,
        tracked: host?.conntrack.filter(({ protocol }) => protocol === 'icmp').map(({ unreplied }) => unreplied),
      };
    };
    expect(tablesAt(steps('who-has 172.18.0.2 tell 172.18.0.1')[0]?.time)).toEqual({
      neighbor: 'INCOMPLETE',
      tracked: [true],
    });
    expect(tablesAt(steps('ICMP echo request').at(-1)?.time)).toEqual({ neighbor: 'REACHABLE', tracked: [true] });
    expect(tablesAt(steps('ICMP echo reply').at(-1)?.time)).toEqual({ neighbor: 'REACHABLE', tracked: [false] });
  });

  it('knows by which command a packet came to be', () => {
    const page = pageWithProject();
    page.run(1, 'docker-compose exec client ping -c 1 server', 4);
    const request = page.journeys.find(({ summary }) => summary.includes('ICMP echo request'));
    const command = page.view.commands.find(({ number }) => number === request?.command);
    expect(command?.line).toBe('docker-compose exec client ping -c 1 server');
  });

  it('shows devices by whatever name', () => {
    const page = new TestPage();
    page.terminal(1);
    page.run(1, 'ip link add constructor type dummy; ip link add __proto__ type dummy', 1);
    expect(Object.keys(page.view.namespaces['ubuntu']?.devices ?? {})).toEqual(
      expect.arrayContaining(['constructor', 'docker0']),
    );
  });

  it('says what runs in a terminal, and in which container it types', () => {
    const page = pageWithProject();
    expect(page.view.terminals[1]).toMatchObject({ command: null, folder: '/home/user/one', container: null });
    page.run(1, 'docker exec -it one_server_1 sh', 2);
    const container = Object.values(page.view.containers).find(({ name }) => name === 'one_server_1');
    expect(page.view.terminals[1]).toMatchObject({ command: 'docker', container: container?.id });
    page.run(1, 'exit', 2);
    expect(page.view.terminals[1]).toMatchObject({ command: null, container: null });
    page.run(1, 'docker-compose exec server sh', 2);
    expect(page.view.terminals[1]).toMatchObject({ command: 'docker-compose', container: container?.id });
  });

  it('plays inputs one after the other, and says when the last command has ended', () => {
    const page = new TestPage();
    const line = (text: string) => ({ do: 'run', line: text, terminal: 'first', stays: false, note: null }) as const;
    page.send({ do: 'play', inputs: [line('echo one'), line('sleep 3; echo two')] });
    page.pass(10);
    const told = page.said.filter(({ say }) => say === 'playing');
    expect(told.at(-1)).toMatchObject({ position: 2, of: 2, done: true, stuck: null });
    expect(told.filter((message) => message.say === 'playing' && message.done)).toHaveLength(1);
    expect(page.screen.get(1)).toContain('two');
  });

  it('plays a saved session to the same end', () => {
    const page = pageWithProject();
    page.run(1, 'docker-compose exec client ping -c 1 server', 4);
    const again = new TestPage({ ...FRESH, log: page.log, time: page.host.now });
    again.host.report();
    expect(again.said.find(({ say }) => say === 'ready')).toMatchObject({ lost: null });
    expect(again.screen).toEqual(page.screen);
    expect(again.view.containers).toEqual(page.view.containers);
    again.run(1, 'docker-compose exec client ping -c 1 server', 4);
    page.run(1, 'docker-compose exec client ping -c 1 server', 4);
    expect(again.screen).toEqual(page.screen);
  });

  it('says when a saved session is not to be had, and starts with its files', () => {
    const rescue = { '/home/user/a.txt': 'kept\n' };
    const broken = new TestPage({ ...FRESH, rescue, log: [{ at: 5, nonsense: true } as never], time: 9 });
    expect(broken.said.find(({ say }) => say === 'ready')).toMatchObject({ lost: 'broken log' });
    expect(broken.ask({ ask: 'read', path: '/home/user/a.txt' })).toEqual({ ok: true, value: 'kept\n' });
    const other = new TestPage({ ...FRESH, rescue, log: [{ at: 6e9, check: 12345 }], time: 9e9 });
    expect(other.said.find(({ say }) => say === 'ready')).toMatchObject({ lost: 'another build' });
  });

  it('takes back the last line', () => {
    const page = pageWithProject();
    page.run(1, 'docker rm -f one_server_1', 3);
    expect(Object.keys(page.view.containers)).toHaveLength(1);
    expect(page.ask({ ask: 'undo' })).toBe('docker rm -f one_server_1');
    expect(Object.keys(page.view.containers)).toHaveLength(2);
    expect(page.screen.get(1)).not.toContain('rm -f');
    page.run(1, 'docker ps -q | wc -l', 3);
    expect(page.screen.get(1)).toMatch(/\b2\b/);
  });

  it('fetches a page as a browser on the host or on the LAN would', () => {
    const page = new TestPage();
    expect(page.ask({ ask: 'fetch', machine: 'host', url: 'http://example.com/' })).toMatchObject({
      ok: true,
      status: 200,
      body: 'Hello from example.com\n',
    });
    expect(page.ask({ ask: 'fetch', machine: 'lan', url: 'http://192.168.0.10:1234/' })).toMatchObject({ ok: false });
  });

  it('knows which foreground waits have an end', () => {
    const page = new TestPage();
    page.terminal(1);
    page.run(1, 'nc -l -p 4000', 1);
    expect(page.host.nextSkip()).toBeNull();
    page.send({ do: 'type', terminal: 1, text: '\u0003' });
    page.pass(0.5);
    page.run(1, 'sleep 30', 1);
    const skip = page.host.nextSkip();
    expect(skip?.terminal).toBe(1);
    expect((skip?.until ?? 0) - page.host.now).toBeGreaterThan(28e9);
  });

  it('hears an interrupt however fast it follows on the line that it is for', () => {
    const keys = [...'while :; do :; done\r', '\u0003', ...'echo still"-"here\r'];
    for (let atOnce = 0; atOnce <= keys.length; atOnce++) {
      const page = new TestPage();
      page.terminal(1);
      const type = (text: string) => page.send({ do: 'type', terminal: 1, text });
      keys.slice(0, atOnce).forEach(type);
      page.host.advance(page.host.now + 5e6, 50);
      keys.slice(atOnce).forEach(type);
      for (let i = 0; i < 3; i++) page.host.advance(page.host.now + 50e6, 3000);
      const seen = page.screen.get(1) ?? '';
      expect(seen).toContain('still-here');
      expect(seen).toContain('^C');
    }
  });

  it('keeps files apart from terminals when it starts over', () => {
    const page = pageWithProject();
    page.ask({ ask: 'start-over', keepFiles: true });
    expect(page.view.containers).toEqual({});
    expect(page.ask({ ask: 'read', path: '/home/user/one/docker-compose.yml' })).toEqual({ ok: true, value: COMPOSE });
    page.ask({ ask: 'start-over', keepFiles: false });
    expect(page.ask({ ask: 'read', path: '/home/user/one/docker-compose.yml' })).toMatchObject({ ok: false });
  });

  it('has a prompt before its programs are there, and does then what was asked for meanwhile', () => {
    const page = new TestPage(FRESH, new PartsHolder(null));
    page.terminal(1);
    page.send({ do: 'type', terminal: 1, text: 'docker network ls' });
    page.pass(0.2);
    expect(page.screen.get(1)).toContain('docker network ls');
    page.send({ do: 'type', terminal: 1, text: '\r' });
    page.send({ do: 'type', terminal: 1, text: 'echo $?\r' });
    page.pass(1);
    expect(page.screen.get(1)).not.toContain('NETWORK ID');
    page.host.fill(WHOLE);
    page.pass(2);
    expect(page.screen.get(1)).toContain('NETWORK ID');
    expect(page.screen.get(1)).toMatch(/C\u00070\r\n/);
  });

  it('completes verbs, containers, networks, services and files at the prompt', () => {
    const page = pageWithProject();
    const completed = (typed: string) => {
      page.send({ do: 'type', terminal: 1, text: `${typed}\t` });
      page.pass(0.3);
      const line = (page.screen.get(1) ?? '').split('\u0007').at(-1) ?? '';
      page.send({ do: 'type', terminal: 1, text: '\u0015' });
      page.pass(0.1);
      return line;
    };
    expect(completed('docker netw')).toContain('docker network ');
    expect(completed('docker network inspect one_d')).toContain('one_default ');
    expect(completed('docker exec -it one_s')).toContain('one_server_1 ');
    expect(completed('docker-compose ex')).toContain('docker-compose exec ');
    expect(completed('docker-compose exec cl')).toContain('client ');
    expect(completed('docker-compose up --det')).toContain('--detach ');
    expect(completed('docker-compose -f dock')).toContain('docker-compose.yml ');
  });

  it('lets what comes before the session wait for it', () => {
    const said: FromMachine[] = [];
    const host = new LabHost((message) => said.push(message), new PartsHolder(WHOLE));
    host.hear({ do: 'ask', number: 1, question: { ask: 'list', folder: '/home' } });
    expect(host.advance(1e9, 10)).toBe(true);
    host.report();
    expect(said).toEqual([]);
    host.hear({ do: 'start', from: FRESH });
    expect(said.find(({ say }) => say === 'answer')).toMatchObject({ answer: { ok: true } });
  });

  it('says of a compose file what is wrong with it, and what it would make', () => {
    const page = new TestPage();
    const path = '/home/user/one/docker-compose.yml';
    const wrong = page.ask({
      ask: 'diagnose',
      path,
      text: 'services:\n  web:\n    image: busybox\n    port: ["80"]\n',
    });
    expect(wrong?.map(({ face, severity }) => `${face}: ${severity}`)).toEqual(
      expect.arrayContaining(['docker-compose: error', 'docker compose: error']),
    );
    const text = 'services:\n  web:\n    image: nginx:alpine\n    ports: ["127.0.0.1:1234:80", "53:53/udp"]\n';
    expect(page.ask({ ask: 'outline', path, text })).toEqual({
      services: [
        {
          name: 'web',
          image: 'nginx:alpine',
          networks: ['default'],
          networkMode: null,
          ports: ['127.0.0.1:1234:80', '53:53/udp'],
          line: 2,
        },
      ],
      networks: [{ name: 'default', subnet: null, external: false, line: null }],
    });
  });

  it('goes on from one step of a packet to the next while it is held', () => {
    const page = new TestPage();
    page.terminal(1);
    page.run(1, 'docker run -d --name web nginx:alpine');
    const { host } = page;
    page.send({ do: 'hold', until: host.now });
    page.send({ do: 'type', terminal: 1, text: 'ping -c 1 172.17.0.2\r' });
    const before = page.records.length;
    let steps = 0;
    for (let holds = 0; holds < 400 && !page.screen.get(1)?.includes('1 received'); holds++) {
      const known = page.records.length;
      // Waiting doesn't help it.
      host.advance(host.now + 1e9, 10_000);
      host.report();
      expect(page.records.length).toBe(known);
      page.send({ do: 'hold', until: host.now + 1e7 });
      while (!host.advance(host.now + 1e9, 10_000));
      host.report();
      const fresh = page.records.slice(known).filter(({ kind }) => kind !== 'process');
      if (fresh.length > 0) steps++;
      expect(new Set(fresh.map(({ time }) => time)).size).toBeLessThan(2);
    }
    expect(page.screen.get(1)).toContain('1 received');
    expect(steps).toBeGreaterThan(3);
    expect(page.records.length).toBeGreaterThan(before + steps);
    page.send({ do: 'hold', until: null });
    page.run(1, 'echo $((6 * 7))');
    expect(page.screen.get(1)).toContain('42');
  });

  it('lets a window change its size while a container starts in it', () => {
    const deaf = [40, 90, 140, 190, 240, 500].filter((milliseconds) => {
      const page = new TestPage();
      page.terminal(1);
      page.send({ do: 'type', terminal: 1, text: 'docker run -it --rm busybox sh\r' });
      page.pass(milliseconds / 1000);
      page.send({ do: 'resize', terminal: 1, columns: 90, rows: 20 });
      page.pass(2);
      page.run(1, 'echo heard=$((1 + 1))', 1);
      return !page.screen.get(1)?.includes('heard=2');
    });
    expect(deaf).toEqual([]);
  });
});
