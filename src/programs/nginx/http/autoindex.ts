import { encodeUtf8 } from '../../../base/bytes.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { calendarTime, MONTHS, twoDigits } from '../../../wire/http/date.ts';
import { numberedError } from '../../libc/errno-number.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { escapeComponent, fileName } from './uri.ts';

/** Columns that a name may fill. */
const NAME_WIDTH = 50;

interface Entry {
  readonly name: string;
  readonly folder: boolean;
  readonly size: number;
  readonly modified: number;
}

/** A page with a folder's names (http/modules/ngx_http_autoindex_module.c). */
export function* listFolder(x: Exchange, folder: string): Sys<Answer> {
  const listed = yield* x.proc.readDirectory(fileName(folder));
  if (!listed.ok) {
    const missing = listed.error === 'ENOENT' || listed.error === 'ENOTDIR';
    yield* x.log('error', `opendir() "${folder}" failed (${numberedError(listed.error, x.proc.library)})`);
    return { status: missing ? 404 : listed.error === 'EACCES' ? 403 : 500 };
  }
  const entries: Entry[] = [];
  for (const { name } of listed.value) {
    if (name.startsWith('.')) continue;
    const stat = yield* x.proc.stat(`${fileName(folder)}/${name}`);
    if (stat.ok)
      entries.push({
        name,
        folder: stat.value.type === 'directory',
        size: stat.value.size,
        modified: stat.value.modified,
      });
  }
  entries.sort((a, b) => Number(b.folder) - Number(a.folder) || (a.name < b.name ? -1 : 1));
  const title = `Index of ${escapeHtml(fileName(x.path))}`;
  const lines = entries.map((entry) => line(entry, x.settings.autoindexExactSize)).join('');
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${lines}</pre><hr></body>\r\n</html>\r\n`;
  return { status: 200, contentType: 'text/html', body: { kind: 'bytes', bytes: encodeUtf8(page) } };
}

function line({ name, folder, size, modified }: Entry, exact: boolean): string {
  const shown = folder ? `${name}/` : name;
  const cut = shown.length > NAME_WIDTH ? `${shown.slice(0, NAME_WIDTH - 3)}..&gt;` : escapeHtml(shown);
  const blank = ' '.repeat(Math.max(0, NAME_WIDTH - shown.length));
  const { year, month, day, hour, minute } = calendarTime(modified);
  const date = `${twoDigits(day)}-${MONTHS[month - 1]}-${year} ${twoDigits(hour)}:${twoDigits(minute)}`;
  const length = folder ? '-' : exact ? String(size) : shortSize(size);
  const width = exact ? 20 : 8;
  return `<a href="${escapeComponent(name)}${folder ? '/' : ''}">${cut}</a>${blank} ${date} ${length.padStart(width - 1)}\r\n`;
}

function shortSize(size: number): string {
  if (size > 1024 ** 3 - 1) return `${Math.round(size / 1024 ** 3)}G`;
  if (size > 1024 ** 2 - 1) return `${Math.round(size / 1024 ** 2)}M`;
  return size > 9999 ? `${Math.round(size / 1024)}K` : String(size);
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
