import { toSvg } from './draw/svg.ts';
import { lookOf } from './draw/draw-token.ts';
import { browserMeasure } from './layout/browser-measure.ts';
import type { PageFonts } from './page-fonts.ts';
import type { Stage } from './paint/stage.ts';
import { shifted } from './paint/svg-painter.ts';

/** PNGs are made larger than on the screen, for print. */
const PNG_SCALE = 2;

/** The picture as it stands, packets included, as an SVG document. */
export function pictureAsSvg(
  stage: Stage,
  title: string,
  fonts: PageFonts,
): { readonly svg: string; readonly width: number; readonly height: number } | null {
  const snapshot = stage.snapshot();
  if (!snapshot) return null;
  const { shapes, layout, palette, places } = snapshot;
  const measure = browserMeasure(fonts);
  const tokens = places.tokens
    .slice(0, places.count)
    .flatMap(({ look, x, y }, i) => lookOf(look, measure).map((shape) => shifted(shape, x, y, String(i))));
  const { width, height } = layout;
  return { svg: toSvg([...shapes, ...tokens], { width, height, palette, title, fonts }), width, height };
}

/** Hands the picture to the learner as a file. */
export async function savePicture(stage: Stage, format: 'svg' | 'png', title: string, fonts: PageFonts): Promise<void> {
  const picture = pictureAsSvg(stage, title, fonts);
  if (!picture) return;
  const drawn = new Blob([picture.svg], { type: 'image/svg+xml' });
  const blob = format === 'svg' ? drawn : await asPng(drawn, picture.width, picture.height);
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `bridgewalk.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function asPng(svg: Blob, width: number, height: number): Promise<Blob | null> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * PNG_SCALE);
    canvas.height = Math.round(height * PNG_SCALE);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}
