import { describe, expect, it } from 'vitest';
import { fitted, following, refitted } from './camera.ts';

const PHONE = { width: 390, height: 160 };
const DESK = { width: 800, height: 440 };

describe('a camera that packets have drawn along', () => {
  const tall = { width: 540, height: 600 };
  const drawn = following(fitted(tall, PHONE), { x: 300, y: 500 }, { picture: tall, pane: PHONE, pace: 1 });

  it('looks where it looked when the picture is made anew', () => {
    expect(drawn.y).toBeGreaterThan(0);
    expect(refitted(drawn, tall, PHONE)).toEqual(drawn);
  });

  it('shows all of the picture, as large as it fits, once there is room for it', () => {
    const wide = { width: 880, height: 420 };
    expect(refitted(drawn, wide, DESK)).toEqual(fitted(wide, DESK));
    expect(refitted(drawn, wide, DESK).scale).toBeGreaterThan(drawn.scale);
  });
});
