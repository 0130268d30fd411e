import { describe, expect, it } from 'vitest';
import type { Beat } from '../playhead/beat.ts';
import { playbackOf } from '../playhead/playback.ts';
import { StoryLab } from '../playhead/story.fixture.ts';
import { describeMove } from './describe-move.ts';
import { packetNews } from './packet-news.ts';

const lab = new StoryLab();
lab.run('docker run -d --name web nginx:alpine').run('docker network create net');
lab.run('docker run -d --name cli --network net busybox sleep 10000');

function newsOf(line: string, language: 'en' | 'ja'): string {
  const { beats } = playbackOf(lab.session).story;
  const from = beats.length;
  lab.run(line);
  return packetNews(beats.slice(from), (move) => describeMove(move, lab.view, language), language);
}

describe('news of packets', () => {
  it('count them, and say nothing of what arrives', () => {
    expect(newsOf('ping -c 1 172.17.0.2', 'en')).toMatch(/^\d+ packets\.$/);
    expect(newsOf('ping -c 1 172.17.0.2', 'ja')).toMatch(/^パケット \d+ 個。$/);
  });

  it('say of a drop where it was and why', () => {
    const line = 'docker exec cli ping -c 1 -W 1 172.17.0.2';
    expect(newsOf(line, 'en')).toMatch(/^\d+ packets?\. ping 172\.18\.0\.2 → 172\.17\.0\.2 .*netfilter.*\.$/);
    expect(newsOf(line, 'ja')).toMatch(/^パケット \d+ 個。 ping 172\.18\.0\.2 → 172\.17\.0\.2.*netfilter.*。$/);
  });

  it('say how many more were dropped', () => {
    expect(newsOf('docker exec cli ping -c 3 -W 1 172.17.0.2', 'en')).toMatch(/ 2 more were dropped\.$/);
  });

  it('are none where nothing moved', () => {
    const none: readonly Beat[] = [];
    expect(packetNews(none, () => 'never', 'en')).toBe('');
  });
});
