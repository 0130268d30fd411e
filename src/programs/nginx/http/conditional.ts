import { parseHttpDate } from '../../../wire/http/date.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** If-Match, If-None-Match, If-(Un)modified-Since (http/modules/ngx_http_not_modified_filter_module.c). */
export function applyConditions(x: Exchange, answer: Answer): Answer {
  if (answer.status !== 200 || answer.lastModified === undefined || answer.reason !== undefined) return answer;
  const { etag, lastModified } = answer;
  const unmodified = x.header('if-unmodified-since');
  if (unmodified !== undefined && lastModified > (parseHttpDate(unmodified) ?? 0)) return { status: 412 };
  const match = x.header('if-match');
  if (match !== undefined && !listed(match, etag, { weak: false })) return { status: 412 };
  const none = x.header('if-none-match');
  const since = x.header('if-modified-since');
  if (none === undefined && since === undefined) return answer;
  if (since !== undefined && changedSince(x, since, lastModified)) return answer;
  if (none !== undefined && !listed(none, etag, { weak: true })) return answer;
  const { body: _body, ...head } = answer;
  return { ...head, status: 304 };
}

function changedSince(x: Exchange, since: string, lastModified: number): boolean {
  if (x.settings.ifModifiedSince === 'off') return true;
  const time = parseHttpDate(since);
  if (time === lastModified) return false;
  return x.settings.ifModifiedSince === 'exact' || time === null || time < lastModified;
}

function listed(header: string, etag: string | undefined, { weak }: { readonly weak: boolean }): boolean {
  if (header.trim() === '*') return true;
  const plain = (tag: string) => (weak ? tag.replace(/^W\//, '') : tag);
  return header.split(',').some((each) => etag !== undefined && plain(each.trim()) === plain(etag));
}

export interface ByteRange {
  readonly start: number;
  /** The first byte that is no longer meant. */
  readonly end: number;
}

/** The parts that `Range` asks for; null: the whole; `none`: nothing of it is there (ngx_http_range_parse). */
export function requestedRanges(x: Exchange, answer: Answer, size: number): readonly ByteRange[] | 'none' | null {
  const header = x.header('range');
  if (header === undefined || answer.status !== 200 || !answer.ranges || x.settings.maxRanges === 0) return null;
  const condition = x.header('if-range');
  if (condition !== undefined) {
    const same = condition.startsWith('"')
      ? condition === answer.etag
      : parseHttpDate(condition) === answer.lastModified;
    if (!same) return null;
  }
  if (!/^bytes=/i.test(header)) return null;
  const ranges: ByteRange[] = [];
  for (const part of header.slice(6).split(',')) {
    const match = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(part);
    if (!match || (match[1] === '' && match[2] === '')) return 'none';
    const [, first = '', last = ''] = match;
    const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
    const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
    if (first !== '' && last !== '' && Number(last) < Number(first)) return 'none';
    if (start < end) ranges.push({ start, end });
  }
  if (ranges.length === 0) return 'none';
  if (ranges.length > x.settings.maxRanges) return null;
  // More than the whole in pieces: the whole will do.
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0) > size ? null : ranges;
}
