import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { fitted } from '../../src/ui/canvas/paint/camera.ts';

/** The mean colours of a picture's squares, row by row. */
export interface Grid {
  readonly columns: number;
  readonly colors: readonly (readonly [red: number, green: number, blue: number])[];
}

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What of the page's picture is painted, without what lies over it. */
const paintedPicture = (page: Page): Promise<Buffer> =>
  page.locator('bw-picture .surface').screenshot({ style: '.tools, .strip { visibility: hidden }' });

/**
 * The squares of an image in a region of it, as the browser reads it.
 * @param from the part of the image that becomes the region, where it is drawn at another scale
 */
function gridOf(
  page: Page,
  image: { readonly type: 'image/png' | 'image/svg+xml'; readonly bytes: Buffer },
  region: Region,
  square: number,
  from: Region = region,
): Promise<Grid> {
  return page.evaluate(
    async ({ type, base64, to, size, part }) => {
      const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
      const url = URL.createObjectURL(new Blob([bytes], { type }));
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      URL.revokeObjectURL(url);
      const canvas = new OffscreenCanvas(to.width, to.height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(picture, part.x, part.y, part.width, part.height, 0, 0, to.width, to.height);
      const { data } = context.getImageData(0, 0, to.width, to.height);
      const columns = Math.floor(to.width / size);
      const colors: [number, number, number][] = [];
      for (let row = 0; row < Math.floor(to.height / size); row++)
        for (let column = 0; column < columns; column++) {
          const sum: [number, number, number] = [0, 0, 0];
          for (let y = row * size; y < (row + 1) * size; y++)
            for (let x = column * size; x < (column + 1) * size; x++)
              for (let channel = 0; channel < 3; channel++)
                sum[channel] = (sum[channel] ?? 0) + (data[4 * (y * to.width + x) + channel] ?? 0);
          colors.push(sum.map((each) => each / size ** 2) as [number, number, number]);
        }
      return { columns, colors };
    },
    { type: image.type, base64: image.bytes.toString('base64'), to: region, size: square, part: from },
  );
}

/** How far the squares' colours are apart, 0 to 255: on the average, and where it is most. */
export function apart(a: Grid, b: Grid): { readonly mean: number; readonly most: number } {
  const each = a.colors.map((color, i) =>
    Math.max(...color.map((value, channel) => Math.abs(value - (b.colors[i]?.[channel] ?? 255)))),
  );
  return { mean: each.reduce((sum, value) => sum + value, 0) / each.length, most: Math.max(...each) };
}

/** Squares of so many pixels: coarse enough that another renderer's edges don't matter. */
const SQUARE = 12;

/** The picture as the learner can save it. */
export async function savedPicture(page: Page): Promise<string> {
  const menu = page.locator('bw-picture details', { hasText: 'SVG' });
  if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), menu.getByRole('button', { name: /SVG/ }).click()]);
  await menu.locator('summary').click();
  return readFileSync(await saved.path(), 'utf8');
}

export interface Both {
  readonly painted: Grid;
  readonly drawn: Grid;
  /** Where the packet's sign is, in the pane. */
  readonly packet: Region | null;
}

/** The picture twice, as far as it is in the pane: painted, and drawn from the SVG. */
export async function both(page: Page, region?: Region): Promise<Both> {
  const svg = await savedPicture(page);
  const pane = await page
    .locator('bw-picture .surface')
    .evaluate(({ clientWidth, clientHeight }) => ({ width: clientWidth, height: clientHeight }));
  const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
  const { x, y, scale } = fitted({ width, height }, pane);
  const left = Math.max(0, Math.ceil(-x * scale));
  const top = Math.max(0, Math.ceil(-y * scale));
  const seen = region ?? {
    x: left,
    y: top,
    width: Math.floor(Math.min(pane.width, (width - x) * scale)) - left,
    height: Math.floor(Math.min(pane.height, (height - y) * scale)) - top,
  };
  const part = { x: x + seen.x / scale, y: y + seen.y / scale, width: seen.width / scale, height: seen.height / scale };
  const painted = await paintedPicture(page);
  const sign = /<text x="([\d.]+)" y="([\d.]+)"[^>]*>SYN<\/text>/.exec(svg)?.slice(1).map(Number);
  return {
    painted: await gridOf(page, { type: 'image/png', bytes: painted }, seen, SQUARE),
    drawn: await gridOf(page, { type: 'image/svg+xml', bytes: Buffer.from(svg) }, seen, SQUARE, part),
    packet: sign
      ? {
          x: Math.round(((sign[0] ?? 0) - x) * scale) - SQUARE,
          y: Math.round(((sign[1] ?? 0) - y) * scale) - SQUARE,
          width: 2 * SQUARE,
          height: 2 * SQUARE,
        }
      : null,
  };
}
