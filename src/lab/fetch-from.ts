import type { Kernel } from '../kernel/kernel.ts';
import { fetchPage, type Page } from '../programs/browser/fetch-page.ts';

export type { Page };

/**
 * A browser on a machine of the world asks for an address: with the machine's own names, routes and sockets. The answer
 * comes when the machine's time has gone on so far.
 */
export function fetchFrom(machine: Kernel, url: string, onPage: (page: Page) => void): void {
  machine.spawn({ run: { program: fetchPage(url, onPage) }, argv: ['browser', url] });
}
