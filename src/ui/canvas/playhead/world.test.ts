import { describe, expect, it } from 'vitest';
import type { PlaceData } from '../../../lab/feed/feed.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import { Playback } from './playback.ts';
import { StoryLab } from './story.fixture.ts';

const isThere = ({ namespaces }: LabView, place: PlaceData): boolean => {
  const devices = namespaces[place.namespace]?.devices;
  return devices !== undefined && (place.kind !== 'device' || Object.hasOwn(devices, place.device));
};

/** Plays a story from its beginning to its end, frame by frame: what of each step under way the picture would not have. */
function missingWhilePlayed(playback: Playback): string[] {
  const { playhead, world } = playback;
  const missing: string[] = [];
  playback.watched = true;
  playhead.seek(0);
  playback.play();
  playhead.speed = 4;
  while (!playhead.atEnd) {
    playback.tick(4);
    for (const { record } of playhead.beat?.moves ?? [])
      if (!playhead.atEnd && !isThere(world.value, record.place)) missing.push(`${record.kind} ${record.detail}`);
  }
  return missing;
}

const namesIn = (view: LabView): string[] => Object.values(view.containers).map(({ name }) => name);

describe('the world that the picture shows', () => {
  it('is that of the step that is told, whether it plays or stands, and at the end what is now', () => {
    const lab = new StoryLab()
      .run('docker network create net')
      .run('docker run -d --name web --network net nginx:alpine')
      .run('docker run -d --name cli --network net busybox sleep 10000');
    const playback = new Playback(lab.session);
    playback.watched = true;
    lab.run('docker exec cli wget -qO- http://web/').run('docker rm -f web cli');
    expect(namesIn(lab.view)).toEqual([]);
    const { playhead } = playback;
    expect(playhead.playing).toBe(true);
    expect(playhead.atEnd).toBe(false);
    playback.tick(400);
    expect(namesIn(playback.world.value).sort()).toEqual(['cli', 'web']);
    // Tables show what is now until somebody looks back.
    expect(lab.session.view.value).toBe(lab.session.live.value);
    playback.go((each) => each.pause());
    expect(lab.session.view.value).toBe(playback.world.value);
    playback.play();
    expect(missingWhilePlayed(playback)).toEqual([]);
    expect(playback.world.value).toBe(lab.session.live.value);
    expect(namesIn(playback.world.value)).toEqual([]);
  });

  it('has what was made, spoke and was removed before anybody looked again', () => {
    const lab = new StoryLab()
      .run('docker network create net')
      .run('docker run -d --name web --network net busybox httpd -f');
    const playback = new Playback(lab.session);
    lab.run('docker run -d --name cli --network net busybox sleep 10000');
    const begin = playback.playhead.length;
    lab.run('docker exec cli wget -qO- http://web/; docker rm -f web', { seconds: 15, every: 15_000 });
    expect(playback.playhead.length).toBeGreaterThan(begin);
    expect(namesIn(lab.view)).toEqual(['cli']);
    expect(missingWhilePlayed(playback)).toEqual([]);
    // Once it has gone, what came later isn't shown beside it.
    lab.run('docker run -d --name web --network net busybox sleep 10000; docker exec cli ping -c 1 web', {
      every: 4000,
    });
    expect(missingWhilePlayed(playback)).toEqual([]);
  });

  it('is before the first step what was there before anything moved', () => {
    const lab = new StoryLab().run('docker run -d --name web nginx:alpine');
    const playback = new Playback(lab.session);
    lab.run('curl -s http://172.17.0.2/').run('docker rm -f web');
    playback.go((playhead) => {
      playhead.pause();
      playhead.seek(0);
    });
    expect(namesIn(playback.world.value)).toEqual(['web']);
    expect(lab.session.view.value).toBe(playback.world.value);
  });

  it('stays the same object from step to step while nothing has changed', () => {
    const lab = new StoryLab().run('docker run -d --name web nginx:alpine');
    const playback = new Playback(lab.session);
    lab.run('curl -s http://172.17.0.2/');
    const seen = new Set<LabView>();
    for (let i = 0; i < playback.playhead.length; i++) {
      playback.go((playhead) => playhead.seek(i));
      seen.add(playback.world.value);
    }
    expect(seen.size).toBeLessThan(playback.playhead.length / 4);
  });
});
