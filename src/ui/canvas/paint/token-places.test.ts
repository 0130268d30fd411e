import { beforeAll, describe, expect, it } from 'vitest';
import { layoutFor } from '../layout/layout-for.ts';
import { Slots } from '../layout/slots.ts';
import { Ways } from '../layout/ways.ts';
import { Playback } from '../playhead/playback.ts';
import type { Playhead } from '../playhead/playhead.ts';
import { StoryLab } from '../playhead/story.fixture.ts';
import { buildScene } from '../scene/build-scene.ts';
import { TokenPlaces } from './token-places.ts';

const lab = new StoryLab().run('docker run -d --name web nginx:alpine');
let playhead: Playhead;
let ways: Ways;

beforeAll(() => {
  ({ playhead } = new Playback(lab.session));
  lab.run('ping -c 1 172.17.0.2', { seconds: 2 });
  ways = new Ways(layoutFor(buildScene(lab.view, 'plumbing'), { width: 900, height: 600 }, new Slots()));
});

const shown = (): number => {
  const places = new TokenPlaces();
  places.update(playhead, ways, null);
  return places.count;
};

describe('the packets in the picture', () => {
  it('are none once all has been played, also where nothing was animated', () => {
    playhead.play();
    playhead.seek(playhead.length);
    expect(playhead.story.beats.at(-1)?.moves.some(({ end }) => end !== null)).toBe(true);
    expect(shown()).toBe(0);
  });

  it('are still there at their end for whoever steps to it', () => {
    playhead.pause();
    playhead.seek(playhead.length);
    expect(shown()).toBeGreaterThan(0);
  });

  it('are on their way between two steps', () => {
    const first = playhead.story.beats.findIndex(({ moves }) => moves.some(({ kind }) => kind === 'receive'));
    playhead.seek(first);
    playhead.play();
    playhead.tick(30);
    expect(playhead.progress).toBeGreaterThan(0);
    expect(shown()).toBeGreaterThan(0);
  });

  it('are each pointed at where they are shown, also where several stand fanned out', () => {
    const first = playhead.story.beats.findIndex(({ moves }) => moves.some(({ kind }) => kind === 'receive'));
    playhead.pause();
    playhead.seek(first + 1);
    const places = new TokenPlaces();
    places.update(playhead, ways, null);
    const top = places.tokens[places.count - 1];
    expect(top).toBeDefined();
    expect(places.at({ x: top?.x ?? 0, y: top?.y ?? 0 })).toBe(top?.journey);
    expect(places.at({ x: -100, y: -100 })).toBeNull();
  });
});
