import type { Point } from '../layout/geometry.ts';
import type { Camera } from './painter.ts';

/** Smaller than this, labels can't be read: the picture is moved rather than shrunk further. */
export const LEAST_SCALE = 0.7;
const MOST_SCALE = 4;
const MOST_FITTED = 1.25;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole picture in the pane if its labels stay readable, otherwise its upper part; in the middle where there is room. */
export function fitted(picture: Size, pane: Size): Camera {
  const whole = Math.min(pane.width / picture.width, pane.height / picture.height);
  const scale = Math.min(MOST_FITTED, Math.max(LEAST_SCALE, whole));
  return kept(
    {
      x: -spare(pane.width, picture.width * scale) / scale,
      y: -spare(pane.height, picture.height * scale) / scale,
      scale,
    },
    picture,
    pane,
  );
}

const spare = (pane: number, picture: number): number => Math.max(0, (pane - picture) / 2);

/** Enlarged around a point of the pane, which stays where it is. */
export function zoomed(camera: Camera, at: Point, factor: number): Camera {
  const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE / 2, camera.scale * factor));
  return { x: camera.x + at.x / camera.scale - at.x / scale, y: camera.y + at.y / camera.scale - at.y / scale, scale };
}

export const moved = (camera: Camera, dx: number, dy: number): Camera => ({
  x: camera.x - dx / camera.scale,
  y: camera.y - dy / camera.scale,
  scale: camera.scale,
});

/** So that the picture can't be lost from sight. */
export function kept({ x, y, scale }: Camera, picture: Size, pane: Size): Camera {
  return {
    x: within(x, picture.width, pane.width / scale),
    y: within(y, picture.height, pane.height / scale),
    scale,
  };
}

function within(at: number, picture: number, seen: number): number {
  if (seen >= picture) return (picture - seen) / 2;
  return Math.min(picture - seen, Math.max(0, at));
}

/** The point of the picture under a point of the pane. */
export const pictureAt = ({ x, y, scale }: Camera, at: Point): Point => ({ x: x + at.x / scale, y: y + at.y / scale });
