import { alignTabs } from '../../format/table.ts';

/** Lists that docker compose lays out itself (cmd/formatter/pretty.go): columns at least 20 wide. */
export function prettyTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const text = [headings, ...rows].map((row) => row.join('\t')).join('\n');
  return `${alignTabs(text, { minimum: 20, padding: 3 })}\n`;
}
