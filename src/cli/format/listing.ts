import { err, ok, type Result } from '../../base/result.ts';
import { HEADER_FUNCTIONS } from '../template/functions.ts';
import { execute, parse } from '../template/template.ts';
import { GoStruct, type GoMethod, type GoValue, toJson } from '../template/value.ts';
import { alignTabs, LIST_LAYOUT } from './table.ts';

/** A list that docker can print: its columns, and what a row says in each (docker/cli cli/command/formatter). */
export interface Listing<T> {
  /** Go's name of a row's type, for error messages. */
  readonly goType: string;
  /** Field and its header, and what a row has there. */
  readonly columns: Readonly<
    Record<string, readonly [header: string, value: (row: T, options: RowOptions) => GoValue]>
  >;
  /** The fields of the plain table. */
  readonly table: string;
  /** With `--quiet`. */
  readonly quiet: string;
  /** For `.Label "key"`. */
  readonly labels?: (row: T) => Readonly<Record<string, string>>;
}

export interface RowOptions {
  readonly truncate: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ListOptions extends RowOptions {
  /** `--format`; empty for the table. */
  readonly format: string;
  readonly quiet?: boolean;
}

/** The text of a list; the error has docker's words about a bad format. */
export function formatList<T>(listing: Listing<T>, rows: readonly T[], options: ListOptions): Result<string, string> {
  const source = formatOf(listing, options);
  const isTable = source.startsWith('table');
  const cleaned = (isTable ? source.slice(5) : source === 'json' ? '{{json .}}' : source).replace(/^ +| +$/g, '');
  const template = parse(cleaned.replaceAll('\\t', '\t').replaceAll('\\n', '\n'));
  if (!template.ok) return err(`template parsing error: ${template.error}`);
  let text = '';
  for (const row of rows) {
    const line = execute(template.value, rowValue(listing, row, options));
    if (!line.ok) return err(`template parsing error: ${line.error}`);
    text += `${line.value}\n`;
  }
  if (!isTable) return ok(text);
  const header = execute(template.value, headerValue(listing), { functions: HEADER_FUNCTIONS });
  return ok(alignTabs(`${header.ok ? header.value : ''}\n${text}`, LIST_LAYOUT));
}

/** What a format gets of one row. */
export function rowValue<T>(listing: Listing<T>, row: T, options: RowOptions): GoStruct {
  const fields = new Map<string, GoValue>(
    Object.entries(listing.columns).map(([name, [, value]]) => [name, value(row, options)]),
  );
  return new GoStruct(listing.goType, fields, new Map(), labelMethod(listing, row), rowJson(fields));
}

function formatOf<T>(listing: Listing<T>, options: ListOptions): string {
  if (options.quiet === true) return listing.quiet;
  return options.format === '' || options.format === 'table' ? listing.table : options.format;
}

function headerValue<T>(listing: Listing<T>): GoStruct {
  const fields = new Map<string, GoValue>(Object.entries(listing.columns).map(([name, [header]]) => [name, header]));
  const label = (name: string): string => (name.split('.').at(-1) as string).replace(/[-_]/g, ' ');
  return new GoStruct('formatter.SubHeaderContext', fields, new Map(), new Map([['Label', label]]));
}

function labelMethod<T>(listing: Listing<T>, row: T): ReadonlyMap<string, GoMethod> {
  const { labels } = listing;
  return labels === undefined ? new Map() : new Map([['Label', (name: string): string => labels(row)[name] ?? '']]);
}

/** A row's JSON has its keys sorted, and <, > and & escaped, as encoding/json does by itself. */
function rowJson(fields: ReadonlyMap<string, GoValue>): string {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return toJson(new Map(sorted)).replace(/[<>&]/g, (each) => escapes[each] as string);
}

/** `a=1,b=2`, as docker shows labels. */
export function joinLabels(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}
