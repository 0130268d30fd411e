import { concatBytes } from '../../base/bytes.ts';
import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import type { Headers } from '../../wire/http/headers.ts';
import { CurlOptions } from '../curl/options.ts';
import { Session } from '../curl/session.ts';
import { newTimings, type Timings } from '../curl/timings.ts';
import { redirectOf, Transfer } from '../curl/transfer.ts';
import { parseUrl, resolveUrl } from '../curl/url.ts';

/** What a browser got for an address. Times are nanoseconds from the beginning of the last request. */
export type Page =
  | {
      readonly ok: true;
      /** Where the redirects, if any, have led. */
      readonly url: string;
      readonly status: number;
      readonly reason: string;
      readonly headers: Headers;
      readonly body: Uint8Array;
      /** The address that answered. */
      readonly address: string;
      readonly times: {
        readonly nameLookup: number;
        readonly connect: number;
        readonly firstByte: number;
        readonly total: number;
      };
    }
  | { readonly ok: false; readonly url: string; readonly reason: string };

const AGENT = 'Mozilla/5.0 (Bridgewalk)';
const MOST_REDIRECTS = 20;
/** A browser waits longer than anybody looks at it. */
const PATIENCE = 300e9;

/** Fetches a page as a browser does: follows redirects, gives up after five minutes. */
export function fetchPage(address: string, done: (page: Page) => void): Program {
  return function* (proc) {
    const session = new Session(proc);
    const page = yield* load(proc, session, address);
    yield* session.closeAll();
    done(page);
    return page.ok ? 0 : 1;
  };
}

function* load(proc: Proc, session: Session, address: string): Sys<Page> {
  const options = new CurlOptions();
  options.values.push({ name: 'user-agent', value: AGENT });
  let current = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const url = parseUrl(current);
    if (!url.ok) return { ok: false, url: current, reason: url.error.text };
    const parts: Uint8Array[] = [];
    const timings = newTimings(proc.now());
    const transfer: Transfer = new Transfer(proc, session, {
      options,
      upload: { method: 'GET', body: null, contentType: null, query: '' },
      url: url.value,
      pinned: new Map(),
      timings,
      deadline: proc.now() + PATIENCE,
      output: {
        *write(data) {
          yield* proc.cpu(0);
          parts.push(data);
          return true;
        },
      },
      *onHead() {
        yield* proc.cpu(0);
        return true;
      },
      *tell() {
        yield* proc.cpu(0);
      },
      ignoresBody: (response) => redirectOf(response) !== null,
    });
    const problem = yield* transfer.run();
    timings.finished = proc.now();
    const { response, connection } = transfer.info;
    if (problem || !response)
      return { ok: false, url: url.value.text, reason: problem?.text ?? 'Empty reply from server' };
    const next = redirectOf(response);
    if (next === null)
      return {
        ok: true,
        url: url.value.text,
        status: response.status,
        reason: response.reason,
        headers: response.headers,
        body: concatBytes(parts),
        address: connection?.address ?? '',
        times: timesOf(timings),
      };
    current = resolveUrl(url.value, next);
  }
  return { ok: false, url: current, reason: 'The page redirects in a circle' };
}

function timesOf({ started, nameLookup, connect, startTransfer, finished }: Timings): {
  nameLookup: number;
  connect: number;
  firstByte: number;
  total: number;
} {
  const since = (time: number | null) => (time ?? started) - started;
  return {
    nameLookup: since(nameLookup),
    connect: since(connect),
    firstByte: since(startTransfer),
    total: since(finished),
  };
}
