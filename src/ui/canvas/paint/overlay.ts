import { CanvasSource, type CanvasRenderer, type Container, Texture } from 'pixi.js';

/**
 * Where the processor paints: a second plain canvas over Pixi's own, for what changes from frame to frame. What stands beneath it isn't
 * painted again, nor copied: the browser lays one over the other without the page's script.
 */
export class Overlay {
  /** Both canvases. */
  readonly surface = document.createElement('div');
  readonly context: CanvasRenderingContext2D;
  private readonly texture: Texture<CanvasSource>;

  constructor(
    private readonly renderer: CanvasRenderer,
    resolution: number,
  ) {
    const canvas = document.createElement('canvas');
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.texture = new Texture({ source: new CanvasSource({ resource: canvas, resolution, autoDensity: true }) });
    this.surface.className = 'planes';
    this.surface.append(renderer.canvas as HTMLCanvasElement, canvas);
  }

  resize(width: number, height: number): void {
    this.texture.source.resize(width, height);
  }

  /** Paints nothing but this on it. */
  render(container: Container): void {
    this.renderer.render({ container, target: this.texture, clear: true });
  }

  destroy(): void {
    this.texture.destroy(true);
    this.surface.remove();
  }
}
