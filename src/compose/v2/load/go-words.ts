/** Go's %T of decoded YAML, as messages show it. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float64';
    default:
      return 'map[string]interface {}';
  }
}

/** Go's %s of decoded YAML where a text was meant. */
export function goText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (typeof value === 'number' || typeof value === 'boolean') return `%!s(${goType(value)}=${String(value)})`;
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${key}:${goText(each)}`);
  return `map[${entries.sort().join(' ')}]`;
}
