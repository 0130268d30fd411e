import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** Packets, details, tables and the browser pane, on a host with a web server that publishes a port. */

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

async function openWithWeb(options: Parameters<typeof openLab>[2] = {}) {
  const lab = await openLab(browser, site, { route: '#/sandbox', ...options });
  const { page } = lab;
  if (options.isMobile) await page.locator('.xterm-screen:visible').first().tap();
  else await page.locator('.xterm-screen:visible').first().click();
  await type(page, 'docker run -d --name web -p 1234:80 nginx:alpine; docker exec web ping -c 2 172.17.0.1');
  await waitForText(page, 'packet loss');
  return lab;
}

/** Puts the keyboard on a tab of the tools and opens it. */
async function openTool(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

const listed = (page: Page) => page.locator('bw-packets .row');
const details = (page: Page) => page.locator('bw-packet-details');

describe('packets', () => {
  it('are found by a filter and opened by keyboard alone, down to a rule in the tables', async () => {
    const { context, page, problems } = await openWithWeb();
    await openTool(page, 'Packets');
    await listed(page).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('icmp web');
    await expect.poll(() => listed(page).count()).toBe(4);
    for (let i = 0; i < 4 && (await page.locator('bw-packets .grid:focus').count()) === 0; i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    expect(await page.locator('bw-packets .row[aria-selected="true"] .what').innerText()).toBe('echo request 0');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('bw-packets .row[aria-selected="true"] .what').innerText()).toBe('echo reply 0');
    const grid = page.locator('bw-packets .grid');
    const active = await grid.getAttribute('aria-activedescendant');
    expect(await page.locator(`bw-packets #${active}`).getAttribute('aria-selected')).toBe('true');
    expect(await grid.getAttribute('aria-rowcount')).toBe('5');
    expect(await details(page).locator('h2').innerText()).toBe('echo reply 0');
    await details(page).locator('.hops').focus();
    await page.keyboard.press('End');
    expect(await details(page).locator('.why').innerText()).toContain('whoever sent the ping');
    await page.keyboard.press('Home');
    await openTool(page, 'Tables');
    await page.locator('bw-tables tr.lit').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('are followed until somebody scrolls back, whatever comes at that moment', async () => {
    const { context, page } = await openWithWeb();
    await type(page, 'docker exec web ping -c 9 -i 0.1 172.17.0.1; echo listed"-"1');
    await waitForText(page, 'listed-1');
    await openTool(page, 'Packets');
    await listed(page).nth(5).waitFor();
    const scrolling = await page.locator('bw-packets').evaluate(async (element) => {
      const packets = element as HTMLElement & { requestUpdate(): void; readonly updateComplete: Promise<boolean> };
      const grid = packets.shadowRoot?.querySelector('.grid') as HTMLElement;
      const render = async () => {
        packets.requestUpdate();
        await packets.updateComplete;
        return grid.scrollTop;
      };
      const end = await render();
      grid.scrollTop = end - 80;
      const scrolledBack = await render();
      for (const button of packets.shadowRoot?.querySelectorAll('button') ?? [])
        if (button.textContent?.trim() === 'Follow') button.click();
      return { end, scrolledBack, followedAgain: await render() };
    });
    expect(scrolling.end).toBeGreaterThan(80);
    expect(scrolling).toMatchObject({ scrolledBack: scrolling.end - 80, followedAgain: scrolling.end });
    await context.close();
  });

  it('say what is wrong with a filter', async () => {
    const { context, page } = await openWithWeb({ locale: 'ja-JP' });
    await openTool(page, 'パケット');
    await page.locator('bw-packets input').fill('ｐｏｒｔ ９９９９９');
    expect(await page.locator('bw-packets [role="alert"]').innerText()).toContain('0 から 65535');
    await page.locator('bw-packets input').fill('nobody');
    expect(await page.locator('bw-packets [role="alert"]').innerText()).toContain('web');
    await context.close();
  });

  it('are opened on a phone by touch', async () => {
    const { context, page, problems } = await openWithWeb(PHONE);
    await page.locator('.tab-bar button', { hasText: 'Packets' }).tap();
    const row = listed(page).filter({ hasText: 'echo request' }).first();
    await row.tap();
    await row.tap();
    await details(page).locator('h2').waitFor();
    expect(await details(page).locator('h2').innerText()).toContain('echo request');
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the browser pane', () => {
  it('shows a page from the host and from the LAN, and says why there is none', async () => {
    const { context, page, problems } = await openWithWeb();
    await openTool(page, 'Browser');
    const pane = page.locator('bw-browser');
    await pane.getByRole('button', { name: 'http://localhost:1234/' }).click();
    const frame = page.frameLocator('bw-browser iframe');
    await frame.locator('h1').waitFor();
    expect(await pane.locator('.status').innerText()).toContain('200 OK');
    await pane.locator('select').selectOption('lan');
    await pane.locator('.address').fill('192.168.0.10:1234');
    await pane.locator('.address').press('Enter');
    await expect.poll(() => pane.locator('.status').innerText()).toContain('192.168.0.10');
    await pane.locator('.address').fill('localhost:1234');
    await pane.locator('.address').press('Enter');
    await pane.locator('.failure h2').waitFor();
    expect(await pane.locator('.failure').innerText()).toContain('localhost:1234 refused to connect');
    await pane.getByRole('button', { name: 'See the packet that did not get through' }).click();
    expect(await details(page).locator('.why').innerText()).toContain('no program listens');
    await pane.locator('.address').fill('https://localhost:1234');
    await pane.locator('.address').press('Enter');
    expect(await pane.getByRole('alert').innerText()).toContain('http');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('runs nothing on a page, asks nobody for its images, and lists its links', async () => {
    const { context, page, problems } = await openWithWeb();
    await page.locator('.xterm-screen:visible').first().click();
    const body = `<title>t</title><h1>mine</h1><script>parent.document.title='ran'</script><img src=http://example.com/x.png onerror=alert(1)><a href=/two>two</a><meta http-equiv=refresh content=0;url=http://example.com>`;
    await type(
      page,
      `docker exec web sh -c "echo '${body.replaceAll("'", '')}' > /usr/share/nginx/html/index.html"; echo writ''ten`,
    );
    await waitForText(page, 'written');
    await openTool(page, 'Browser');
    await page.locator('bw-browser').getByRole('button', { name: 'http://localhost:1234/' }).click();
    await page.frameLocator('bw-browser iframe').locator('h1').waitFor();
    expect(await page.locator('bw-browser .links').innerText()).toContain('two');
    expect(await page.title()).not.toBe('ran');
    // The browser tells that it refused the handler; that is all there may be to tell.
    expect(problems.filter((each) => !each.startsWith('Executing inline event handler violates'))).toEqual([]);
    await context.close();
  });
});
