import { beforeAll, describe, expect, it } from 'vitest';
import type { Move } from '../playhead/beat.ts';
import { Playback } from '../playhead/playback.ts';
import { StoryLab } from '../playhead/story.fixture.ts';
import { describeMove } from './describe-move.ts';
import { OUTLINE_WORDS } from './outline-words.ts';
import { outlineOf, type OutlineNode } from './outline.ts';
import { buildScene } from '../scene/build-scene.ts';
import { TreeWalk } from './tree-walk.ts';

const lab = new StoryLab();
let moves: readonly Move[];

beforeAll(() => {
  lab
    .run('docker network create net')
    .run('docker run -d --name web --network net nginx:alpine')
    .run('docker run -d --name cli --network net busybox sleep 10000');
  const playback = new Playback(lab.session);
  playback.playhead.seek(playback.playhead.length);
  lab
    .run('docker exec cli wget -qO- http://web/')
    .run('docker exec cli ping -c 1 -W 4 172.18.0.77', { seconds: 6 })
    .run('docker exec cli nslookup a-name-that-is-quite-long');
  moves = playback.story.beats.flatMap((beat) => beat.moves);
});

const say = (wanted: (move: Move) => boolean, language: 'en' | 'ja' = 'en'): string => {
  const move = moves.find(wanted);
  return move ? describeMove(move, lab.view, language) : 'no such move';
};

const syn = (kind: Move['kind']) => (move: Move) => move.kind === kind && move.face.title === 'SYN';

describe('a step in words', () => {
  it('names ports by their number and the row that decided', () => {
    expect(say((move) => syn('receive')(move) && move.to.startsWith('dev:ubuntu'))).toMatch(
      /^SYN 172\.18\.0\.3:\d+ → 172\.18\.0\.2:80 arrives at port 2 of br-[0-9a-f]{12}\.$/,
    );
    expect(say(syn('bridge'))).toMatch(/is forwarded by br-\w+ to one port: ([0-9a-f]{2}:?){6} is behind veth\w+\.$/);
    expect(say(syn('deliver'))).toMatch(/reaches nginx in web \(LISTEN\)\.$/);
  });

  it('asks ARP in its own words', () => {
    expect(
      say(({ face, kind }) => face.title === '?' && kind === 'bridge' && face.destination === '172.18.0.2'),
    ).toMatch(/^ARP: who has 172\.18\.0\.2\? Tell 172\.18\.0\.\d\. It is sent by br-\w+ to every other port\.$/);
  });

  it('takes an announcement for no question', () => {
    expect(say(({ face, kind }) => face.source === face.destination && kind === 'bridge')).toMatch(
      /^ARP: I have 172\.18\.0\.\d\. It is sent by br-\w+ to every other port\.$/,
    );
  });

  it('calls an answer an answer, and a failure by its name', () => {
    expect(say(({ face, kind }) => face.title === '172.18.0.2' && kind === 'deliver')).toMatch(
      /^DNS answer 172\.18\.0\.2, 127\.0\.0\.11:53 → 127\.0\.0\.1:\d+ reaches /,
    );
    expect(say(({ record }) => record.detail === 'failed')).toBe(
      'eth0 of cli has asked for the MAC address of 172.18.0.77, and nobody has answered (failed).',
    );
    expect(say(({ end, face }) => end === 'dropped' && face.title === 'ping')).toMatch(
      /ends at eth0 of cli: host unreachable: nobody has answered for 172\.18\.0\.77\.$/,
    );
    expect(say(({ face, kind }) => face.title === '200' && kind === 'deliver')).toMatch(/^HTTP 200 /);
    expect(
      say(({ face, kind }) => face.title === '!' && face.destination === '172.18.0.3' && kind === 'deliver'),
    ).toMatch(
      /^ARP: I have 172\.18\.0\.2\. It is taken by the kernel of cli \(ARP news\): until now, 172\.18\.0\.2 was unknown\.$/,
    );
    expect(say(({ face, kind }) => face.title === 'no!' && kind === 'deliver')).toMatch(/^ICMP “unreachable” /);
  });

  it('writes out what has no room on the sign', () => {
    const [move] = moves.filter(({ face }) => face.title === 'A? a-name-that-…');
    expect(move && describeMove(move, lab.view, 'en')).toMatch(/^A\? a-name-that-is-quite-long /);
  });

  it('says the same in Japanese', () => {
    expect(say(syn('deliver'), 'ja')).toMatch(/^SYN .* web の nginx に届きます（LISTEN）。$/);
  });

  it('has words for every step of the story in both languages', () => {
    for (const language of ['en', 'ja'] as const)
      for (const move of moves) expect(describeMove(move, lab.view, language)).not.toMatch(/undefined|null|NaN/);
  });
});

describe('the picture in words', () => {
  const all = (nodes: readonly OutlineNode[]): OutlineNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);

  it('has every container with its address, and the cable that leads to it', () => {
    const texts = all(outlineOf(buildScene(lab.view, 'plumbing'), 'en')).map(({ text }) => text);
    expect(texts).toContain('Container web (nginx:alpine): running');
    expect(texts).toContain('eth0 172.18.0.2/16');
    expect(texts).toContainEqual(expect.stringMatching(/^Port 1, veth\w+: cable to web eth0$/));
    expect(texts).toContain('Embedded DNS at 127.0.0.11');
    expect(texts).toContain(OUTLINE_WORDS.en.host('ubuntu'));
  });

  it('can be walked by the keys of a tree', () => {
    const walk = new TreeWalk();
    walk.nodes = outlineOf(buildScene(lab.view, 'plumbing'), 'en');
    const first = walk.nodes[0]?.id as string;
    const inside = walk.step(first, 'ArrowRight') as string;
    expect(walk.step(first, 'ArrowDown')).toBe(inside);
    expect(walk.step(inside, 'ArrowLeft')).toBe(first);
    expect(walk.step(inside, 'Home')).toBe(first);
    expect(walk.step(first, 'ArrowUp')).toBeNull();
    expect(walk.step(first, 'x')).toBeNull();
  });
});
