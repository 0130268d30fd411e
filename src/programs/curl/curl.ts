import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { type Failure, failure } from './failure.ts';
import { HELP, HELP_HINT, VERSION_TEXT } from './help.ts';
import { CURL_OPTIONS, CurlOptions, readOptions } from './options.ts';
import { Output } from './output.ts';
import { METER_HEAD, meterLine } from './progress.ts';
import { readUpload, type Upload } from './request.ts';
import { Session } from './session.ts';
import { newTimings } from './timings.ts';
import { redirectOf, Transfer, type TransferInfo } from './transfer.ts';
import { parseUrl, resolveUrl } from './url.ts';
import { writeOut } from './write-out.ts';
import { latin1Bytes } from '../../wire/http/byte-buffer.ts';
import { declareProgram } from '../libc/command-line.ts';

const MOST_REDIRECTS = 50;
/** What may be better the next time (--retry). */
const PASSING_STATUS = new Set([408, 429, 500, 502, 503, 504, 522, 524]);

/** curl, for HTTP/1.1 without TLS. */
export const curl = declareProgram({ options: CURL_OPTIONS, limit: 'HTTP/1.1 without TLS' }, function* (proc) {
  const options = readOptions(proc.argv.slice(1));
  if (typeof options === 'string') {
    yield* proc.write(2, options);
    return 2;
  }
  if (options.help !== null || options.has('version')) {
    yield* proc.write(1, options.help !== null ? HELP : VERSION_TEXT);
    return 0;
  }
  if (options.urls.length === 0) {
    yield* proc.write(2, `curl: (2) no URL specified\n${HELP_HINT}`);
    return 2;
  }
  const upload = yield* readUpload(proc, options);
  if (!upload.ok) {
    yield* proc.write(2, upload.error);
    return 26;
  }
  const run = new Run(proc, options, upload.value);
  let status = 0;
  for (const [i, url] of options.urls.entries()) {
    status = yield* run.fetch(url, i);
    if (status !== 0 && options.has('fail-early')) break;
  }
  yield* run.end();
  return status;
});

/** One run of curl: its addresses one after the other. */
class Run {
  private readonly session: Session;
  private readonly pinned: ReadonlyMap<string, string>;
  private traced = false;
  private meterShown = false;

  constructor(
    private readonly proc: Proc,
    private readonly options: CurlOptions,
    private readonly upload: Upload,
  ) {
    this.session = new Session(proc);
    this.pinned = new Map(
      options.all('resolve').map(({ value }) => {
        const [, key = '', addresses = ''] = /^\+?([^:]+:\d+):(.*)$/.exec(value) ?? [];
        return [key, addresses.split(',')[0] ?? ''];
      }),
    );
  }

  *end(): Sys<void> {
    yield* this.session.closeAll();
  }

  *fetch(text: string, number: number): Sys<number> {
    const { options, proc } = this;
    const file = this.fileFor(text, number);
    if (file === '') return yield* this.complain(failure(23, 'Remote filename has no length'));
    let outcome = yield* this.attempt(text, number, file);
    for (let left = options.number('retry') ?? 0, pause = 1; left > 0; left--, pause = Math.min(pause * 2, 600)) {
      const why = this.retryReason(outcome);
      if (why === null) break;
      const wait = options.number('retry-delay') || pause;
      yield* this.warn(
        `Problem: ${why}. Will retry in ${wait} second${wait === 1 ? '' : 's'}. ${left} retr${left === 1 ? 'y' : 'ies'} left.`,
      );
      yield* proc.sleep(wait * 1e9);
      outcome = yield* this.attempt(text, number, file);
    }
    const status = yield* this.complain(outcome.failure ?? this.withBody(outcome.info));
    return status;
  }

  private withBody(info: TransferInfo | null): Failure | null {
    const status = info?.response?.status ?? 0;
    return this.options.has('fail-with-body') && status >= 400
      ? failure(22, `The requested URL returned error: ${status}`)
      : null;
  }

  private *complain(problem: Failure | null): Sys<number> {
    if (problem === null) return 0;
    if (!this.options.has('silent') || this.options.has('show-error'))
      yield* this.proc.write(2, `curl: (${problem.code}) ${problem.text}\n`);
    return problem.code;
  }

  private *warn(text: string): Sys<void> {
    if (!this.options.has('silent')) yield* this.proc.write(2, `Warning: ${text}\n`);
  }

  private retryReason({
    failure: problem,
    info,
  }: {
    failure: Failure | null;
    info: TransferInfo | null;
  }): string | null {
    if (problem?.code === 28 || problem?.code === 6) return 'timeout';
    if (problem?.code === 7)
      return this.options.has('retry-connrefused')
        ? 'connection refused'
        : this.options.has('retry-all-errors')
          ? '(retrying all errors)'
          : null;
    const status = info?.response?.status ?? 0;
    if (PASSING_STATUS.has(status)) return 'HTTP error';
    return problem && this.options.has('retry-all-errors') ? '(retrying all errors)' : null;
  }

  /** The file for a page; null: standard output; empty: -O and an address without a name. */
  private fileFor(text: string, number: number): string | null {
    const { options } = this;
    const folder = options.value('output-dir');
    const within = (name: string) => (folder === undefined || name.startsWith('/') ? name : `${folder}/${name}`);
    const given = options.all('output')[number]?.value;
    if (given !== undefined) return given === '-' ? null : within(given);
    if (!options.has('remote-name') && !options.has('remote-name-all')) return null;
    const url = parseUrl(text);
    const name = url.ok ? (url.value.path.split('/').pop() ?? '') : '';
    // Since 8.x an address without a name gives one of curl's own.
    return within(name === '' ? 'curl_response' : name);
  }

  private *attempt(
    text: string,
    number: number,
    file: string | null,
  ): Sys<{ failure: Failure | null; info: TransferInfo | null }> {
    const { options, proc, upload } = this;
    const start = proc.now();
    const limit = options.number('max-time');
    const deadline = limit ? start + limit * 1e9 : Number.POSITIVE_INFINITY;
    const output = new Output(proc, file, (warning) => this.warn(warning));
    const headFile = options.value('dump-header');
    const heads =
      headFile === undefined ? null : new Output(proc, headFile === '-' ? null : headFile, (w) => this.warn(w));
    const meter = !output.isTerminal && !options.has('silent');
    let timings = newTimings(start);
    let info: TransferInfo | null = null;
    let problem: Failure | null = null;
    let [redirects, connects] = [0, 0];
    let current = text;
    let sending = upload;
    for (;;) {
      const url = parseUrl(current);
      if (!url.ok) {
        problem = failure(url.error.code, url.error.text);
        break;
      }
      timings = newTimings(proc.now());
      if (meter) yield* this.showMeter(null, timings.started);
      this.traced = false;
      const transfer: Transfer = new Transfer(proc, this.session, {
        options,
        upload: sending,
        url: url.value,
        pinned: this.pinned,
        timings,
        deadline,
        output,
        onHead: (head) => this.onHead(head, output, heads),
        tell: (mark, line) => this.tell(mark, line, output),
        ignoresBody: (response) => this.follows() && redirectOf(response) !== null,
      });
      problem = yield* transfer.run();
      info = transfer.info;
      connects += info.newConnections;
      const next = this.follows() ? redirectOf(info.response) : null;
      if (problem || next === null) break;
      const most = options.number('max-redirs') ?? MOST_REDIRECTS;
      if (most >= 0 && redirects >= most) {
        problem = failure(47, `Maximum (${most}) redirects followed`);
        yield* this.tell('*', problem.text, output);
        break;
      }
      redirects++;
      current = resolveUrl(url.value, next);
      yield* this.tell('*', `Issue another request to this URL: '${current}'`, output);
      sending = afterRedirect(sending, info, options);
    }
    timings.finished = proc.now();
    if (!problem && file !== null) yield* output.open();
    yield* output.close();
    if (heads) yield* heads.close();
    if (meter && info) yield* this.showMeter(info, timings.started);
    if (meter && this.meterShown) yield* proc.write(2, '\n');
    yield* this.writeOut({
      info,
      timings,
      failure: problem,
      redirects,
      redirectTime: redirects > 0 ? timings.started - start : 0,
      connects,
      file,
      urlNumber: number,
      url: text,
    });
    return { failure: problem, info };
  }

  private follows(): boolean {
    return this.options.has('location') || this.options.has('location-trusted');
  }

  private *onHead(head: string, output: Output, heads: Output | null): Sys<boolean> {
    if (heads && !(yield* heads.write(latin1Bytes(head)))) return false;
    if (!this.options.has('include') && !this.options.has('head')) return true;
    return yield* output.write(latin1Bytes(head));
  }

  private *showMeter(info: TransferInfo | null, started: number): Sys<void> {
    if (!this.meterShown) yield* this.proc.write(2, METER_HEAD);
    this.meterShown = true;
    const expected = info?.expected ?? null;
    yield* this.proc.write(
      2,
      meterLine({
        total: expected !== null && expected >= 0 ? expected : null,
        received: info?.downloaded ?? 0,
        sent: info?.uploaded ?? 0,
        toSend: this.upload.body?.length ?? null,
        spent: (this.proc.now() - started) / 1e9,
      }),
    );
  }

  /** A line of -v. That data came is told only where the data itself is not seen, and once. */
  private *tell(mark: '*' | '>' | '<' | '{' | '}', text: string, output: Output): Sys<void> {
    if (!this.options.has('verbose')) return;
    const isData = mark === '{' || mark === '}';
    if (isData && (output.isTerminal || this.traced)) return;
    this.traced = isData;
    yield* this.proc.write(2, `${mark} ${text}\n`);
  }

  private *writeOut(outcome: Parameters<typeof writeOut>[1]): Sys<void> {
    let format = this.options.value('write-out');
    if (format === undefined) return;
    if (format.startsWith('@')) format = '';
    const { out, errors } = writeOut(format, outcome);
    if (out !== '') yield* this.proc.write(1, out);
    if (errors !== '') yield* this.proc.write(2, errors);
  }
}

/** A 303, and by habit a 301 or 302 after a POST, is followed with GET (lib/http.c, Curl_http_follow). */
function afterRedirect(upload: Upload, info: TransferInfo, options: CurlOptions): Upload {
  const status = info.response?.status ?? 0;
  const turns = status === 303 || ((status === 301 || status === 302) && upload.method === 'POST');
  if (!turns || options.value('request') !== undefined) return { ...upload, query: '' };
  return { method: upload.method === 'HEAD' ? 'HEAD' : 'GET', body: null, contentType: null, query: '' };
}
