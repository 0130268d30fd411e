import { headerValue } from '../../wire/http/headers.ts';
import type { Failure } from './failure.ts';
import type { Timings } from './timings.ts';
import { redirectOf, type TransferInfo } from './transfer.ts';
import { resolveUrl } from './url.ts';

export interface Outcome {
  readonly info: TransferInfo | null;
  readonly timings: Timings;
  readonly failure: Failure | null;
  readonly redirects: number;
  readonly redirectTime: number;
  readonly connects: number;
  readonly file: string | null;
  readonly urlNumber: number;
  readonly url: string;
}

const seconds = (from: number, to: number | null) =>
  to === null ? '0.000000' : (Math.max(0, to - from) / 1e9).toFixed(6);

/** The variables of -w (src/tool_writeout.c). */
const VARIABLES: Readonly<Record<string, (o: Outcome) => string>> = {
  content_type: ({ info }) => (info?.response ? (headerValue(info.response.headers, 'content-type') ?? '') : ''),
  errormsg: ({ failure }) => failure?.text ?? '',
  exitcode: ({ failure }) => String(failure?.code ?? 0),
  filename_effective: ({ file }) => file ?? '',
  header_json: ({ info }) => headersAsJson(info),
  http_code: ({ info }) => String(info?.response?.status ?? 0).padStart(3, '0'),
  http_connect: () => '000',
  http_version: ({ info }) => info?.response?.version ?? '0',
  local_ip: ({ info }) => info?.connection?.localAddress ?? '',
  local_port: ({ info }) => String(info?.connection?.localPort ?? 0),
  method: ({ info }) => info?.method ?? 'GET',
  num_connects: ({ connects }) => String(connects),
  num_headers: ({ info }) => String(info?.response?.headers.length ?? 0),
  num_redirects: ({ redirects }) => String(redirects),
  redirect_url: ({ info }) => {
    const to = redirectOf(info?.response ?? null);
    return to === null || !info ? '' : resolveUrl(info.url, to);
  },
  remote_ip: ({ info }) => info?.connection?.address ?? '',
  remote_port: ({ info }) => String(info?.connection ? info.url.port : 0),
  response_code: ({ info }) => String(info?.response?.status ?? 0).padStart(3, '0'),
  scheme: ({ info }) => (info?.connection ? 'http' : ''),
  size_download: ({ info }) => String(info?.downloaded ?? 0),
  size_header: ({ info }) => String(info?.headerSize ?? 0),
  size_request: ({ info }) => String(info?.requestSize ?? 0),
  size_upload: ({ info }) => String(info?.uploaded ?? 0),
  speed_download: ({ info, timings }) => speed(info?.downloaded ?? 0, timings),
  speed_upload: ({ info, timings }) => speed(info?.uploaded ?? 0, timings),
  ssl_verify_result: () => '0',
  time_appconnect: () => '0.000000',
  time_connect: ({ timings }) => seconds(timings.started, timings.connect),
  time_namelookup: ({ timings }) => seconds(timings.started, timings.nameLookup),
  time_pretransfer: ({ timings }) => seconds(timings.started, timings.preTransfer),
  time_redirect: ({ redirectTime }) => (redirectTime / 1e9).toFixed(6),
  time_starttransfer: ({ timings }) => seconds(timings.started, timings.startTransfer),
  time_total: ({ timings }) => seconds(timings.started, timings.finished),
  url: ({ url }) => url,
  url_effective: ({ info, url }) => info?.url.text ?? url,
  urlnum: ({ urlNumber }) => String(urlNumber),
};

function speed(bytes: number, { started, finished }: Timings): string {
  const time = ((finished ?? started) - started) / 1e9;
  return String(time > 0 ? Math.floor(bytes / time) : 0);
}

function headersAsJson(info: TransferInfo | null): string {
  const all: Record<string, string[]> = {};
  for (const [name, value] of info?.response?.headers ?? []) {
    const key = name.toLowerCase();
    all[key] = [...(all[key] ?? []), value];
  }
  return JSON.stringify(all);
}

export interface WrittenOut {
  readonly out: string;
  readonly errors: string;
}

/** Fills a format; `%{stderr}` and `%{stdout}` say where what follows goes. */
export function writeOut(format: string, outcome: Outcome): WrittenOut {
  let [out, errors] = ['', ''];
  let toErrors = false;
  const put = (text: string) => {
    if (toErrors) errors += text;
    else out += text;
  };
  const pattern = /%%|%\{([^}]*)\}|%header\{([^}]*)\}|\\([nrt\\])|[^%\\]+|[%\\]/g;
  for (const [text, name, header, escape] of format.matchAll(pattern)) {
    if (text === '%%') put('%');
    else if (name === 'stderr' || name === 'stdout') toErrors = name === 'stderr';
    else if (name === 'onerror') {
      if (!outcome.failure) break;
    } else if (name === 'json') put(allAsJson(outcome));
    else if (name !== undefined) {
      const variable = VARIABLES[name];
      if (variable) put(variable(outcome));
      else errors += `curl: unknown --write-out variable: '${name}'\n`;
    } else if (header !== undefined) put(headerValue(outcome.info?.response?.headers ?? [], header) ?? '');
    else if (escape !== undefined) put({ n: '\n', r: '\r', t: '\t', '\\': '\\' }[escape] as string);
    else put(text);
  }
  return { out, errors };
}

function allAsJson(outcome: Outcome): string {
  const entries = Object.entries(VARIABLES).filter(([name]) => name !== 'header_json');
  return JSON.stringify(
    Object.fromEntries(
      entries.map(([name, value]) => {
        const text = value(outcome);
        return [name, /^\d+(\.\d+)?$/.test(text) && !name.includes('version') ? Number(text) : text];
      }),
    ),
  );
}
