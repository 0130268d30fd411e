import { lookOf } from '../draw/draw-token.ts';
import { browserMeasure } from '../layout/browser-measure.ts';
import type { PageFonts } from '../page-fonts.ts';
import type { Painter } from './painter.ts';
import { SvgPainter } from './svg-painter.ts';

/** A graphics processor that has been away for this long, in milliseconds, isn't waited for any more. */
const GONE = 3000;

/** Pixi where it runs; else SVG. @param card whether a graphics card is used where there is one */
export async function choosePainter(fonts: PageFonts, card: boolean): Promise<Painter> {
  const measure = browserMeasure(fonts);
  const drawLook = (look: string) => lookOf(look, measure);
  try {
    const { PixiPainter } = await import('./pixi-painter.ts');
    return await PixiPainter.create({ fonts, pixelRatio: Math.min(3, devicePixelRatio), lookOf: drawLook, card });
  } catch (error) {
    console.warn(error);
    return new SvgPainter(fonts, drawLook);
  }
}

/** Calls once the graphics processor was taken away from a canvas and has not come back. */
export function whenCardIsGone(canvas: HTMLElement, gone: () => void, signal: AbortSignal): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(waiting);
  canvas.addEventListener('webglcontextlost', () => (waiting = setTimeout(gone, GONE)), { signal });
  canvas.addEventListener('webglcontextrestored', stop, { signal });
  signal.addEventListener('abort', stop);
}
