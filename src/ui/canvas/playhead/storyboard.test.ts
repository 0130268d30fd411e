import { beforeAll, describe, expect, it } from 'vitest';
import type { Move } from './beat.ts';
import { Playback } from './playback.ts';
import { StoryLab } from './story.fixture.ts';

/** The way of the first packet that looks like that, as spots with namespaces by their names. */
function wayOf(lab: StoryLab, playback: Playback, wanted: (move: Move) => boolean): string[] {
  const moves = playback.story.beats.flatMap(({ moves: all }) => all);
  const first = moves.find(wanted);
  expect(first).toBeDefined();
  const own = moves.filter(({ token, packet }) => token === first?.token && packet !== null);
  const spots = own.map(({ to }) => readable(lab, to));
  return [readable(lab, (own[0] as Move).from), ...spots].filter((spot, i, all) => spot !== all[i - 1]);
}

/** Containers' ids and veths' names are chance; what stands at their other end isn't. */
function readable(lab: StoryLab, spot: string): string {
  const { containers, namespaces } = lab.view;
  let text = spot.replace(/veth\w+/, (veth) => {
    const [owner, device] = (namespaces['ubuntu']?.devices[veth]?.peer ?? '?/?').split('/');
    return `port of ${containers[owner as string]?.name} ${device}`;
  });
  for (const { id, name } of Object.values(containers)) text = text.replace(id, name);
  return text.replace(/br-\w+/, 'bridge');
}

const named = (kind: string, title: string) => (move: Move) => move.face.kind === kind && move.face.title === title;

describe('the story of two containers on a network of their own', () => {
  const lab = new StoryLab();
  let playback: Playback;

  beforeAll(() => {
    lab
      .run('docker network create net')
      .run('docker run -d --name web --network net nginx:alpine')
      .run('docker run -d --name cli --network net busybox sleep 10000');
    playback = new Playback(lab.session);
    playback.playhead.seek(playback.playhead.length);
    lab.run('docker exec cli wget -qO- http://web/').run('docker exec cli ping -c 6 web', { seconds: 8 });
  });

  it('takes the SYN from the program through its plug, the switch and the other plug to the listener', () => {
    expect(wayOf(lab, playback, named('tcp', 'SYN'))).toEqual([
      expect.stringMatching(/^sock:cli\/tcp\/\d+$/),
      'ns:cli',
      'gate:cli/nat/OUTPUT',
      'gate:cli/nat/POSTROUTING',
      'dev:cli/eth0',
      'dev:ubuntu/port of cli eth0',
      'dev:ubuntu/bridge',
      'dev:ubuntu/port of web eth0',
      'dev:web/eth0',
      'ns:web',
      'sock:web/tcp/80',
    ]);
  });

  it('takes the question for a name to the desk at 127.0.0.11 and no further', () => {
    const way = wayOf(lab, playback, ({ face }) => face.kind === 'dns' && face.title === 'A? web');
    expect(way.at(-1)).toBe('desk:cli');
    expect(way.filter((spot) => !/[:/]cli(\/|$)/.test(spot))).toEqual([]);
  });

  it('multiplies a flooded question, and lets those who were not asked ignore it', () => {
    const { beats } = playback.story;
    const asked = beats
      .flatMap(({ moves }) => moves)
      .filter(({ face, kind }) => face.title === '?' && kind === 'bridge');
    const flood = asked.find(
      ({ record, face }) =>
        record.detail.startsWith('flooded') && face.source === '172.18.0.3' && face.destination === '172.18.0.2',
    );
    const copies = beats
      .flatMap(({ moves }) => moves)
      .filter(({ journey, face }) => journey === flood?.journey && face.title === '?');
    expect(new Set(copies.map(({ token }) => token)).size).toBeGreaterThan(1);
    expect(copies.map(({ end }) => end)).toContain('ignored');
  });

  it('leaves nothing lying about when all has been delivered', () => {
    const { playhead } = playback;
    expect([...playhead.momentAt(playhead.length).tokens.values()].filter(({ move }) => move.end === null)).toEqual([]);
  });

  it('tells a repetition faster than the first time', () => {
    const { beats } = playback.story;
    const received = beats.filter(({ moves }) => moves[0]?.kind === 'receive' && moves[0].face.title === 'pong');
    expect(received.at(-1)?.weight).toBeLessThan(received[0]?.weight as number);
  });
});

describe('the story of a published port', () => {
  const lab = new StoryLab();
  let playback: Playback;

  beforeAll(() => {
    lab.run('docker run -d --name web -p 1234:80 nginx:alpine').runOnLan('curl -s http://192.168.0.10:1234/');
    playback = new Playback(lab.session);
  });

  it('writes the new destination on the SYN at the gate, as conntrack has it', () => {
    const moves = playback.story.beats.flatMap(({ moves: all }) => all);
    const rewritten = moves.find(({ before, face }) => before !== null && face.title === 'SYN') as Move;
    expect(rewritten.to).toBe('gate:ubuntu/nat/PREROUTING');
    expect(rewritten.before?.destination).toBe('192.168.0.10:1234');
    const entry = lab.view.namespaces['ubuntu']?.conntrack.find(({ original }) => original.destinationPort === 1234);
    expect(rewritten.face.destination).toBe(`${entry?.reply.source}:${entry?.reply.sourcePort}`);
    expect(rewritten.face.source).toBe(`${entry?.original.source}:${entry?.original.sourcePort}`);
  });
});

describe('packets that nobody takes', () => {
  const lab = new StoryLab();
  let playback: Playback;
  const marks = () => playback.playhead.momentAt(playback.playhead.length).marks;

  beforeAll(() => {
    lab
      .run('docker network create net')
      .run('docker run -d --name web --network net nginx:alpine')
      .run('docker run -d --name cli --network net busybox sleep 10000');
    playback = new Playback(lab.session);
    lab.run('docker exec cli nc -w 1 web 81');
  });

  it('fall where programs listen, if none does at their port', () => {
    const mark = marks().find(({ reason }) => reason === 'no listener');
    expect(readable(lab, mark?.spot ?? '')).toBe('sock:web/tcp/81');
  });

  it('leave a mark where their container was on the switch', () => {
    const pings = lab.run('docker exec -d cli ping web', { seconds: 2 }).run('docker network disconnect net web');
    const mark = marks().find(({ reason }) => reason === 'no other port');
    expect(mark?.face.title).toBe('ping');
    expect(readable(pings, mark?.spot ?? '')).toMatch(/^dev:ubuntu\/(bridge|port of cli eth0)$/);
  });

  it('leave none where a switch had nobody to tell of an announcement', () => {
    const untold = lab.records.filter(({ kind, detail }) => kind === 'drop' && detail === 'no other port');
    expect(untold.length).toBeGreaterThan(marks().filter(({ reason }) => reason === 'no other port').length);
    expect(marks().filter(({ face }) => face.kind === 'arp')).toEqual([]);
  });
});

describe('a packet for another network', () => {
  const lab = new StoryLab();
  let playback: Playback;

  beforeAll(() => {
    lab
      .run('docker network create a')
      .run('docker network create b')
      .run('docker run -d --name one --network a nginx:alpine')
      .run('docker run -d --name two --network b busybox sleep 10000');
    playback = new Playback(lab.session);
    lab.run('docker exec two ping -c 1 -W 1 172.18.0.2');
  });

  it('falls at the gate that dropped it, and leaves a mark with the reason', () => {
    const { marks } = playback.playhead.momentAt(playback.playhead.length);
    const mark = marks.find(({ face }) => face.kind === 'icmp');
    expect(mark).toMatchObject({ reason: 'dropped by netfilter' });
    expect(mark?.spot).toMatch(/^gate:ubuntu\//);
  });
});
