import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, type, waitForText } from './lab-page.ts';
import { hopTo, installProbe, press, Button } from './picture-page.ts';
import { apart, both, type Region } from './pixels.ts';
import { serveSite } from './site.ts';

/** What is painted by the graphics processor, held against the same picture as the browser draws it from its SVG. */

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

describe.each(['light', 'dark'] as const)('the picture as it is painted, %s', (colorScheme) => {
  it('is the one that is saved, with its packet, and not an empty one', async () => {
    const { page, context, problems } = await openLab(browser, site, { colorScheme, deviceScaleFactor: 1 });
    await type(page, 'docker run -d --name web nginx:alpine; curl -s http://172.17.0.2/ > page; echo done"-"1');
    await waitForText(page, 'done-1');
    await installProbe(page);
    await hopTo(page, /^SYN .* arrives at eth0 of web/);
    const withPacket = await both(page);
    const { mean, most } = apart(withPacket.painted, withPacket.drawn);
    expect(mean).toBeLessThan(4);
    expect(most).toBeLessThan(60);

    // What the limits are worth: an empty pane, and the same pane without its packet, are beyond them.
    const [paper = [0, 0, 0]] = withPacket.drawn.colors;
    const empty = { ...withPacket.drawn, colors: withPacket.drawn.colors.map(() => paper) };
    expect(apart(withPacket.painted, empty).mean).toBeGreaterThan(8);
    const place = withPacket.packet as Region;
    const near = await both(page, place);
    await press(page, Button.forward);
    await press(page, Button.forward);
    const gone = await both(page, place);
    expect(gone.packet).not.toEqual(place);
    expect(apart(near.painted, near.drawn).mean).toBeLessThan(25);
    expect(apart(gone.painted, near.drawn).mean).toBeGreaterThan(50);
    expect(problems).toEqual([]);
    await context.close();
  });
});
