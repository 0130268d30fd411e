/** A value as iproute2 writes JSON: its fields in the order in which they were put in. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The text that `ip -j` prints, or with -p the one for people, whose lists begin and end on the lines of what is in them (lib/json_writer.c). */
export function jsonText(value: JsonValue, pretty: boolean): string {
  return `${write(value, pretty, 0)}\n`;
}

function write(value: JsonValue, pretty: boolean, depth: number): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) {
    const space = pretty && value.length > 0 ? ' ' : '';
    const items = value.map((each) => write(each, pretty, depth + 1)).join(',');
    return `[${pretty ? ' ' : ''}${items}${space}]`;
  }
  const line = (by: number) => (pretty ? `\n${'    '.repeat(by)}` : '');
  const fields = Object.entries(value).map(
    ([key, each]) => `${line(depth + 1)}${JSON.stringify(key)}:${pretty ? ' ' : ''}${write(each, pretty, depth + 1)}`,
  );
  return `{${fields.join(',')}${fields.length > 0 ? line(depth) : ''}}`;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
