import { beforeEach, describe, expect, it } from 'vitest';
import type { LabSession } from '../../session/lab-session.ts';
import type { Moment } from './moment.ts';
import { Playback } from './playback.ts';
import { KEPT_EVERY } from './playhead.ts';
import { StoryLab } from './story.fixture.ts';

/** One story for all: it never changes what it has told. */
const lab = new StoryLab()
  .run('docker network create net')
  .run('docker run -d --name web --network net nginx:alpine')
  .run('docker run -d --name cli --network net busybox sleep 10000')
  .run('docker exec cli wget -qO- http://web/')
  .run('docker exec cli wget -qO- http://web/');

const plain = ({ tokens, marks }: Moment) => ({ tokens: [...tokens], marks });

describe('the playhead', () => {
  let session: LabSession;
  let playback: Playback;

  beforeEach(() => {
    session = lab.session;
    session.lookingBack.set(null);
    playback = new Playback(session);
    playback.playhead.seek(0);
  });

  it('shows the same moments after the story has forgotten its beginning', () => {
    const { playhead } = playback;
    const before = Array.from({ length: playhead.length + 1 }, (_, i) => plain(playhead.momentAt(i)));
    playhead.seek(100);
    playhead.forget(2 * KEPT_EVERY);
    expect(playhead.position).toBe(0);
    const gone = 2 * KEPT_EVERY;
    expect(playhead.length).toBe(before.length - 1 - gone);
    for (let i = 0; i <= playhead.length; i++) expect(plain(playhead.momentAt(i))).toEqual(before[i + gone]);
    playhead.seek(playhead.length);
    playhead.forget(KEPT_EVERY);
    expect(plain(playhead.moment)).toEqual(before.at(-1));
  });

  it('shows the same moment whether it played, hopped or was put there', () => {
    const { playhead } = playback;
    const played = Array.from({ length: playhead.length + 1 }, (_, i) => plain(playhead.momentAt(i)));
    playhead.seek(playhead.length);
    for (let i = playhead.length - 1; i >= 0; i--) {
      playhead.hopBack();
      expect(playhead.position).toBe(i);
      expect(plain(playhead.moment)).toEqual(played[i]);
    }
    for (const at of [200, 3, 150, 64, 63, 65, 0, playhead.length]) {
      playhead.seek(at);
      expect(plain(playhead.moment)).toEqual(played[at]);
    }
  });

  it('reaches the end within seconds, however much there is to tell', () => {
    const { playhead } = playback;
    playhead.play();
    for (let passed = 0; passed < 12_000; passed += 16) playhead.tick(16);
    expect(playhead.atEnd).toBe(true);
  });

  it('stands still while it is paused', () => {
    const { playhead } = playback;
    playhead.seek(5);
    playhead.pause();
    expect(playhead.tick(1000)).toBe(false);
    expect(playhead.position).toBe(5);
  });

  it('goes as fast as it is told to', () => {
    const { playhead } = playback;
    const positionAfter = (speed: 0.5 | 2) => {
      playhead.speed = speed;
      playhead.seek(0);
      playhead.play();
      playhead.tick(1000);
      return playhead.position;
    };
    expect(positionAfter(2)).toBeGreaterThan(2 * positionAfter(0.5));
  });

  it('stands from step to step where nothing is to move', () => {
    const { playhead } = playback;
    playhead.stepped = true;
    playhead.speed = 2;
    playhead.play();
    const seen = new Set<number>();
    for (let passed = 0; passed < 6000; passed += 20) {
      playhead.tick(20);
      seen.add(playhead.position);
      expect(playhead.progress).toBe(0);
    }
    expect([...seen]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('goes to where the next packet sets out', () => {
    const { playhead, story } = playback;
    playhead.seek(10);
    playhead.nextPacket();
    const before = playhead.momentAt(playhead.position - 1).tokens;
    expect(story.beats[playhead.position - 1]?.moves.some(({ token }) => !before.has(token))).toBe(true);
  });

  it('tells the page which record it looks back to, and nothing while it plays', () => {
    playback.go((playhead) => playhead.hopForward());
    expect(session.lookingBack.value).toBe(playback.story.beats[0]?.last);
    playback.play();
    expect(session.lookingBack.value).toBeNull();
    playback.go((playhead) => {
      playhead.pause();
      playhead.seek(playhead.length);
    });
    expect(session.lookingBack.value).toBeNull();
  });

  it('goes where another part of the page looks back to', () => {
    const beat = playback.story.beats[40];
    session.lookingBack.set(beat?.last ?? null);
    expect(playback.playhead.position).toBe(41);
    expect(playback.playhead.playing).toBe(false);
  });

  it('ties the machine while it holds, and lets it go', () => {
    lab.sent.length = 0;
    playback.setHold(true);
    const now = session.live.value.time;
    expect(lab.sent).toEqual([{ do: 'hold', until: now }]);
    playback.playhead.seek(playback.playhead.length);
    playback.go((playhead) => playhead.hopForward());
    expect(lab.sent.at(-1)).toEqual({ do: 'hold', until: now + 1e5 });
    playback.setHold(false);
    expect(lab.sent.at(-1)).toEqual({ do: 'hold', until: null });
  });
});
