import { concatBytes } from '../../base/bytes.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { BodyReader, responseFraming } from '../../wire/http/body.ts';
import { latin1Bytes } from '../../wire/http/byte-buffer.ts';
import { headerHas, headerValue } from '../../wire/http/headers.ts';
import { type HttpResponse, ResponseReader } from '../../wire/http/response.ts';
import { type Failure, failure } from './failure.ts';
import type { CurlOptions } from './options.ts';
import { formatHead, type Upload } from './request.ts';
import type { OpenConnection, Session } from './session.ts';
import type { Timings } from './timings.ts';
import type { Url } from './url.ts';

/** What one request was and brought; -w shows it. */
export interface TransferInfo {
  url: Url;
  method: string;
  response: HttpResponse | null;
  headerSize: number;
  requestSize: number;
  downloaded: number;
  uploaded: number;
  /** Of the body, where the server told it. */
  expected: number | null;
  connection: OpenConnection | null;
  newConnections: number;
}

export interface TransferOptions {
  readonly options: CurlOptions;
  readonly upload: Upload;
  readonly url: Url;
  readonly pinned: ReadonlyMap<string, string>;
  readonly timings: Timings;
  /** Until when the whole must be done. */
  readonly deadline: number;
  /** Takes the body. */
  readonly output: { readonly write: (data: Uint8Array) => Sys<boolean> };
  /** Takes the raw lines of the head. */
  readonly onHead: (text: string) => Sys<boolean>;
  /** Lines of -v, with their mark. */
  readonly tell: (mark: '*' | '>' | '<' | '{' | '}', text: string) => Sys<void>;
  /** Whether the body is only read to get rid of it: a redirect that is followed. */
  readonly ignoresBody: (response: HttpResponse) => boolean;
}

/** One request and its answer. */
export class Transfer {
  readonly info: TransferInfo;

  constructor(
    private readonly proc: Proc,
    private readonly session: Session,
    private readonly how: TransferOptions,
  ) {
    this.info = {
      url: how.url,
      method: how.upload.method,
      response: null,
      headerSize: 0,
      requestSize: 0,
      downloaded: 0,
      uploaded: 0,
      expected: null,
      connection: null,
      newConnections: 0,
    };
  }

  *run(): Sys<Failure | null> {
    const { options, url, timings, deadline, pinned, tell } = this.how;
    const connectLimit = options.number('connect-timeout');
    const connectDeadline = Math.min(
      deadline,
      connectLimit ? timings.started + connectLimit * 1e9 : Number.POSITIVE_INFINITY,
    );
    const made = yield* this.session.connection({
      url,
      timings,
      deadline: connectDeadline,
      ipv4Only: options.has('ipv4'),
      pinned,
      tell: (text) => tell('*', text),
    });
    if (!made.ok) {
      yield* tell('*', made.error.text);
      return made.error;
    }
    const { connection, reused } = made.value;
    this.info.connection = connection;
    this.info.newConnections = reused ? 0 : 1;
    if (!reused) yield* tell('*', 'using HTTP/1.x');
    const problem = (yield* this.send(connection)) ?? (yield* this.receive(connection));
    if (problem) yield* tell('*', problem.text);
    const { response } = this.info;
    const stays =
      problem === null &&
      response !== null &&
      this.info.expected !== null &&
      (response.version === '1.1'
        ? !headerHas(response.headers, 'connection', 'close')
        : headerHas(response.headers, 'connection', 'keep-alive'));
    if (stays) {
      yield* tell('*', `Connection #${connection.number} to host ${url.host}:${url.port} left intact`);
      this.session.keep(connection);
    } else {
      yield* tell('*', `${problem ? 'closing' : 'shutting down'} connection #${connection.number}`);
      yield* this.session.discard(connection);
    }
    return problem;
  }

  private *send({ fd }: OpenConnection): Sys<Failure | null> {
    const { options, url, upload, tell, timings } = this.how;
    const head = formatHead(options, url, upload);
    timings.preTransfer = this.proc.now();
    for (const line of head.split('\r\n').slice(0, -1)) yield* tell('>', line);
    const bytes = latin1Bytes(head);
    const all = upload.body && upload.body.length > 0 ? concatBytes([bytes, upload.body]) : bytes;
    const sent = yield* this.proc.send(fd, all);
    if (!sent.ok) return failure(55, `Send failure: ${strerror(sent.error, this.proc.library)}`);
    this.info.requestSize = bytes.length;
    this.info.uploaded = upload.body?.length ?? 0;
    if (this.info.uploaded > 0) {
      yield* tell('}', `[${this.info.uploaded} bytes data]`);
      yield* tell('*', `upload completely sent off: ${this.info.uploaded} bytes`);
    } else yield* tell('*', 'Request completely sent off');
    return null;
  }

  private *receive(connection: OpenConnection): Sys<Failure | null> {
    const head = yield* this.receiveHead(connection);
    if ('code' in head) return head;
    const { options, upload } = this.how;
    const framing = responseFraming(
      upload.method === 'HEAD' || options.has('head') ? 'HEAD' : upload.method,
      head.status,
      head.headers,
    );
    if (!framing) return failure(8, 'Invalid Content-Length: value');
    if (options.has('fail') && head.status >= 400)
      return failure(22, `The requested URL returned error: ${head.status}`);
    this.info.expected = framing.kind === 'length' ? framing.length : framing.kind === 'chunked' ? -1 : null;
    const body = new BodyReader(framing);
    const ignored = this.how.ignoresBody(head);
    if (ignored && !body.done) yield* this.how.tell('*', 'Ignoring the response-body');
    for (let told = false; ; ) {
      const part = body.take(connection.buffer);
      if (part.length > 0) {
        this.info.downloaded += part.length;
        if (!told) yield* this.how.tell('{', `[${part.length} bytes data]`);
        told = true;
        if (!ignored && !(yield* this.how.output.write(part)))
          return failure(23, `Failure writing output to destination, passed ${part.length} returned 0`);
      }
      if (body.broken) return failure(56, 'Illegal or missing hexadecimal sequence in chunked-encoding');
      if (body.done) return null;
      const more = yield* this.more(connection);
      if (more === 'end') {
        if (body.end()) return null;
        return framing.kind === 'length'
          ? failure(18, `end of response with ${body.missing} bytes missing`)
          : failure(18, 'transfer closed with outstanding read data remaining');
      }
      if (more !== 'more') return more;
    }
  }

  private *receiveHead(connection: OpenConnection): Sys<HttpResponse | Failure> {
    const reader = new ResponseReader();
    let first = true;
    for (;;) {
      const head = reader.next(connection.buffer);
      if (typeof head !== 'string') {
        const text = `${head.lines.join('\r\n')}\r\n\r\n`;
        this.info.headerSize += text.length;
        for (const line of [...head.lines, '']) yield* this.how.tell('<', line);
        if (!(yield* this.how.onHead(text))) return failure(23, 'Failed writing header');
        if (head.status >= 100 && head.status < 200 && head.status !== 101) continue;
        this.info.response = head;
        return head;
      }
      if (head === 'no http') return failure(1, 'Received HTTP/0.9 when not allowed');
      if (head === 'bad header') return failure(8, 'Header without colon');
      if (head === 'header too large') return failure(56, 'Too large response headers: more than 307200 bytes');
      const more = yield* this.more(connection);
      if (more === 'end')
        return connection.buffer.length > 0 && !reader.begun
          ? failure(1, 'Received HTTP/0.9 when not allowed')
          : reader.begun
            ? failure(56, 'Connection closed in the middle of the headers')
            : failure(52, 'Empty reply from server');
      if (more !== 'more') return more;
      if (first) this.how.timings.startTransfer = this.proc.now();
      first = false;
    }
  }

  /** Waits for bytes and takes them. */
  private *more({ fd, buffer }: OpenConnection): Sys<'more' | 'end' | Failure> {
    const { deadline, timings } = this.how;
    const { proc, info } = this;
    if (deadline !== Number.POSITIVE_INFINITY) {
      const ready = yield* proc.poll([{ fd, read: true }], Math.max(0, deadline - proc.now()));
      if (ready.ok && ready.value.length === 0) {
        const spent = Math.floor((proc.now() - timings.started) / 1e6);
        const size = info.expected !== null && info.expected >= 0 ? ` out of ${info.expected}` : '';
        return failure(
          28,
          `Operation timed out after ${spent} milliseconds with ${info.downloaded}${size} bytes received`,
        );
      }
    }
    const bytes = yield* proc.read(fd);
    if (!bytes.ok) return failure(56, `Recv failure: ${strerror(bytes.error, proc.library)}`);
    if (bytes.value.length === 0) return 'end';
    buffer.push(bytes.value);
    return 'more';
  }
}

/** Where a redirect leads; null: it isn't one. */
export function redirectOf(response: HttpResponse | null): string | null {
  if (!response || response.status < 300 || response.status >= 400) return null;
  return headerValue(response.headers, 'location') ?? null;
}
