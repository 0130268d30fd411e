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

/** The whole picture in the pane if its labels stay readable, otherwise its upper part; in the middle where there is room, and below the upper edge. */
export function fitted(picture: Size, pane: Size): Camera {
  const whole = Math.min(pane.width / picture.width, pane.height / picture.height);
  const scale = Math.min(MOST_FITTED, Math.max(LEAST_SCALE, whole));
  return kept({ x: -spare(pane.width, picture.width * scale) / scale, y: 0, scale }, picture, pane);
}

/** As large as the picture fits in the pane now, and still where it looked. */
export const refitted = (camera: Camera, picture: Size, pane: Size): Camera =>
  kept({ ...camera, scale: fitted(picture, pane).scale }, picture, pane);

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

/** Nearer to an edge of the pane than this part of it, what is followed draws the camera along. */
const AHEAD = 0.25;

/** Moved towards where a point of the picture is well in sight; the same camera when it is already, or can't be more so. */
export function following(
  camera: Camera,
  { x, y }: Point,
  { picture, pane, pace }: { readonly picture: Size; readonly pane: Size; readonly pace: number },
): Camera {
  const { scale } = camera;
  const [width, height] = [pane.width / scale, pane.height / scale];
  const dx = width < picture.width ? beyond(x - camera.x, width) : 0;
  const dy = height < picture.height ? beyond(y - camera.y, height) : 0;
  if (dx === 0 && dy === 0) return camera;
  const next = kept({ x: camera.x + dx * pace, y: camera.y + dy * pace, scale }, picture, pane);
  return Math.abs(next.x - camera.x) + Math.abs(next.y - camera.y) < STILL ? camera : next;
}

/** Less than this is no movement, in the picture's units. */
const STILL = 0.2;

function beyond(at: number, seen: number): number {
  const margin = seen * AHEAD;
  return at < margin ? at - margin : at > seen - margin ? at - seen + margin : 0;
}

/** So that the picture can't be lost from sight. */
export function kept({ x, y, scale }: Camera, picture: Size, pane: Size): Camera {
  return {
    x: within(x, picture.width, pane.width / scale),
    y: pane.height / scale >= picture.height ? 0 : within(y, picture.height, pane.height / scale),
    scale,
  };
}

function within(at: number, picture: number, seen: number): number {
  if (seen >= picture) return (picture - seen) / 2;
  return Math.min(picture - seen, Math.max(0, at));
}

/** The point of the picture under a point of the pane. */
export const pictureAt = ({ x, y, scale }: Camera, at: Point): Point => ({ x: x + at.x / scale, y: y + at.y / scale });
