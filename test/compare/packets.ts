/**
 * Lines of one interface in a form that two runs share: a pure acknowledgement may ride on data or come alone, so those are left out,
 * but how far each side has acknowledged in the end is kept; the two questions of one look-up may swap.
 */
export function comparablePackets(lines: readonly string[]): readonly string[] {
  const all = lines.map((line) => line.replace(/\s+/g, ' ').trim());
  const acknowledged = new Map<string, number>();
  for (const line of all) {
    const match = /IP (\S+ > \S+): Flags .*\back (\d+)/.exec(line);
    if (match)
      acknowledged.set(match[1] as string, Math.max(acknowledged.get(match[1] as string) ?? 0, Number(match[2])));
  }
  const kept = all.filter((line) => !/Flags \[\.\], (seq \d+, )?ack \S+, length 0$/.test(line));
  const out: string[] = [];
  for (let i = 0; i < kept.length; ) {
    let end = i;
    while (end < kept.length && isLookup(kept[end] as string)) end++;
    out.push(...(end > i ? kept.slice(i, end).sort() : [kept[i] as string]));
    i = Math.max(end, i + 1);
  }
  return [...out, ...[...acknowledged].map(([flow, count]) => `${flow} acknowledged up to ${count}`).sort()];
}

const isLookup = (line: string) => /\.53: | \S+\.53 >|127\.0\.0\.11/.test(line);
