import { decodeUtf8 } from '../../base/bytes.ts';
import type { Page } from '../fetch-from.ts';
import type { FetchedPage } from '../messages.ts';

/** A page as it crosses the wall: text, with its headers in order. */
export function fetchedPage(page: Page): FetchedPage {
  if (!page.ok) return { ok: false, error: page.reason, url: page.url };
  const { url, status, reason, headers, body, address, times } = page;
  return {
    ok: true,
    url,
    status,
    reason,
    headers,
    body: decodeUtf8(body),
    address,
    seconds: times.total / 1e9,
  };
}
