import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { withCard } from './graphics-card.ts';
import { openLab, type OpenOptions, type, waitForText } from './lab-page.ts';
import { Button, installProbe, press } from './picture-page.ts';
import { apart, both } from './pixels.ts';
import { serveSite } from './site.ts';

/** The picture where something that it would like to have is missing, goes away, or isn't wanted. */

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  site = await serveSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

declare global {
  interface Window {
    /** Every WebGL context that the page got. */
    contexts: WebGLRenderingContext[];
    /** How often something was painted with one. */
    paints: number;
  }
}

const noWebGl = (): void => {
  for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas] as unknown as {
    prototype: { getContext: (kind: string, ...rest: unknown[]) => unknown };
  }[]) {
    const { getContext } = prototype;
    prototype.getContext = function (kind, ...rest) {
      return /webg/.test(kind) ? null : getContext.call(this, kind, ...rest);
    };
  }
};

const withoutCard = (): void => {
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext] as unknown as {
    prototype: { getParameter: (this: unknown, name: number) => unknown };
  }[]) {
    const { getParameter } = prototype;
    prototype.getParameter = function (name) {
      return name === 0x9246 ? 'ANGLE (SwiftShader driver)' : getParameter.call(this, name);
    };
  }
};

const watchWebGl = (): void => {
  window.contexts = [];
  window.paints = 0;
  for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas] as unknown as {
    prototype: { getContext: (kind: string, ...rest: unknown[]) => unknown };
  }[]) {
    const { getContext } = prototype;
    prototype.getContext = function (kind, ...rest) {
      const context = getContext.call(this, kind, ...rest);
      if (/webgl/.test(kind) && context && !window.contexts.includes(context as WebGLRenderingContext))
        window.contexts.push(context as WebGLRenderingContext);
      return context;
    };
  }
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const draw = Reflect.get(prototype, 'drawElements') as (...given: unknown[]) => void;
    prototype.drawElements = function (...given) {
      window.paints++;
      draw.apply(this, given);
    };
  }
};

const open = async (options: OpenOptions = {}) => {
  const lab = await openLab(browser, site, { deviceScaleFactor: 1, ...options });
  await lab.page.locator('bw-picture .surface').locator('canvas, svg').first().waitFor();
  return lab;
};

async function ping(page: Page): Promise<void> {
  await type(page, 'docker run -d --name web nginx:alpine; ping -c 1 172.17.0.2; echo done"-"1');
  await waitForText(page, 'done-1');
}

/** Lets the page draw so many frames. */
const frames = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (left) => {
    for (let i = 0; i < left; i++) await new Promise(requestAnimationFrame);
  }, count);

const paints = (page: Page) => page.evaluate(() => window.paints);

describe('the picture', () => {
  it.each([
    ['there is no WebGL', noWebGl],
    ['the processor would compute WebGL', withoutCard],
  ])('is painted on a plain canvas where %s', async (_, before) => {
    const { page, context, problems } = await open({ before });
    await ping(page);
    const plain = await page
      .locator('bw-picture .surface canvas')
      .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).getContext('2d') !== null));
    // What stands, and what moves.
    expect(plain).toEqual([true, true]);
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 1300, height: 700 },
      { width: 1440, height: 1000 },
    ]) {
      await page.setViewportSize(viewport);
      await frames(page, 4);
      const { painted, drawn } = await both(page);
      expect(apart(painted, drawn).mean).toBeLessThan(4);
    }
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is drawn as SVG where its painter cannot be had at all', async () => {
    const { page, context } = await open({ without: /pixi-painter/ });
    await ping(page);
    // Spaces that have to be kept are written as such that aren't broken.
    const texts = async () =>
      (await page.locator('bw-picture .surface svg text').allTextContents()).map((text) =>
        text.replaceAll('\u00a0', ' '),
      );
    await expect.poll(texts).toEqual(expect.arrayContaining(['docker0  172.17.0.1/16', 'web']));
    const strokes = await page
      .locator('bw-picture .surface svg text')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).stroke));
    expect(new Set(strokes)).toEqual(new Set(['none']));
    await installProbe(page);
    await press(page, Button.first);
    for (let hop = 0; hop < 200 && !(await texts()).includes('ping'); hop++) {
      await press(page, Button.forward);
      await frames(page, 2);
    }
    expect(await texts()).toContain('ping');
    await context.close();
  });

  it('comes back when the graphics processor was taken away for a while', async () => {
    const { page, context, problems } = await open({ before: withCard });
    await ping(page);
    await page.locator('bw-picture .surface canvas').evaluate(async (element) => {
      const canvas = element as HTMLCanvasElement;
      const gl = (canvas.getContext('webgl2') ?? canvas.getContext('webgl')) as WebGLRenderingContext;
      const taker = gl.getExtension('WEBGL_lose_context') as WEBGL_lose_context;
      const hears = (event: string) =>
        new Promise((resolve) => canvas.addEventListener(event, resolve, { once: true }));
      const lost = hears('webglcontextlost');
      taker.loseContext();
      await lost;
      // Once everybody has heard of it.
      await new Promise(requestAnimationFrame);
      const restored = hears('webglcontextrestored');
      taker.restoreContext();
      await restored;
    });
    await frames(page, 4);
    const { painted, drawn } = await both(page);
    expect(apart(painted, drawn).mean).toBeLessThan(4);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is painted without the graphics processor when that was taken away and does not come back', async () => {
    const { page, context, problems } = await open({ before: withCard });
    await ping(page);
    const canvases = page.locator('bw-picture .surface canvas');
    await canvases.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const gl = (canvas.getContext('webgl2') ?? canvas.getContext('webgl')) as WebGLRenderingContext;
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    });
    // What stands, and what moves.
    await expect.poll(() => canvases.count(), { timeout: 20_000 }).toBe(2);
    await frames(page, 4);
    const { painted, drawn } = await both(page);
    expect(apart(painted, drawn).mean).toBeLessThan(4);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('stands from step to step where motion is unwelcome, also when it is played', async () => {
    const { page, context, problems } = await open({ reducedMotion: 'reduce' });
    await ping(page);
    await installProbe(page);
    await press(page, Button.first);
    const hops = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          const root = document.querySelector('bw-timeline')?.shadowRoot as ShadowRoot;
          const look = () => {
            const hop = root.querySelector('.count')?.textContent?.match(/\d+/)?.[0] ?? '';
            if (seen.at(-1) !== hop) seen.push(hop);
            if (seen.length >= 4) resolve(seen);
          };
          new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true });
          look();
          void window.probe.press(2);
        }),
    );
    expect(hops).toEqual(['0', '1', '2', '3']);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is not painted while it is out of sight', async () => {
    const { page, context, problems } = await open({ before: [withCard, watchWebGl], reducedMotion: 'no-preference' });
    const before = await paints(page);
    await ping(page);
    await expect.poll(() => paints(page)).toBeGreaterThan(before);
    await page.locator('bw-picture').evaluate((picture) => {
      picture.style.display = 'none';
    });
    await frames(page, 10);
    const hidden = await paints(page);
    await type(page, 'clear; ping -c 2 172.17.0.2; echo done"-"2');
    await waitForText(page, 'done-2');
    expect(await paints(page)).toBe(hidden);
    await page.locator('bw-picture').evaluate((picture) => {
      picture.style.display = '';
    });
    await expect.poll(() => paints(page)).toBeGreaterThan(hidden);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('has one context of the graphics processor, whatever is opened and changed', async () => {
    const { page, context, problems } = await open({ before: [withCard, watchWebGl] });
    await ping(page);
    for (const route of ['#/exercise/1-default', '#/exercise/5-port', '#/sandbox']) {
      await page.evaluate((hash) => (location.hash = hash), route);
      await frames(page, 5);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 800, height: 700 });
    await page
      .locator('bw-picture')
      .getByRole('button', { name: /Services|services/ })
      .click();
    await frames(page, 5);
    expect(await page.evaluate(() => window.contexts.filter((each) => !each.isContextLost()).length)).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  });
});
