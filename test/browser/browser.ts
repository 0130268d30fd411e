import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A browser of this machine, or the one inside @sparticuz/chromium; nothing is downloaded. */
export async function launchBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader', '--disable-dev-shm-usage'];
  const installed = process.env['CHROME_PATH'] ?? INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return await chromium.launch({ executablePath: installed, args });
  // The package unpacks its libraries only where it believes itself on a host that lacks them.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return await chromium.launch({ executablePath: await packed.executablePath(), args });
}
