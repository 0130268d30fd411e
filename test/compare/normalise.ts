/**
 * What may differ between two runs on the same real host becomes a placeholder: ids, times, durations, random MACs, ephemeral ports,
 * process and device numbers, the order of maps with random keys. Everything else has to be the same.
 */
export function normalise(text: string, unordered: boolean): string {
  const canonical = canonicalJson(text);
  const fixed = new Set([...canonical.matchAll(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g)].map(([address]) => macOf(address)));
  let t = RULES.reduce(
    (all, [pattern, replacement]) => all.replace(pattern, replacement),
    replaceMacs(replaceIds(canonical), fixed),
  );
  if (/<(DURATION|T|PORT|N|PEER|TIME|MAC)>/.test(t)) t = t.replace(/-{4,}/g, '----').replace(/ {2,}/g, '  ');
  let lines = t.split('\n').map((line) => line.trimEnd());
  // Columns move with the width of what was replaced; a centred heading moves with them.
  if (/^\s*Name(\s{2,})Command/.test(lines[0] ?? '')) lines[0] = (lines[0] as string).trim();
  if (isLookup(lines)) lines = blocks(lines).sort().join('\n').split('\n');
  if (unordered) lines = lines.filter((line) => line !== '').sort();
  return lines.join('\n').trimEnd();
}

const RULES: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?( [A-Z]{3})?/g, '<TIME>'],
  [/\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/g, '<TIME>'],
  [/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, '<TIME>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, '<TIME>'],
  [/(?:Less than a|About an?|\d+) (?:second|minute|hour)s?( ago)?/g, '<DURATION>$1'],
  [/time=\d+(\.\d+)? ms/g, 'time=<T> ms'],
  [/= [\d.]+\/[\d.]+\/[\d.]+(\/[\d.]+)? ms/g, '= <T> ms'],
  [/, time \d+ms/g, ', time <T>ms'],
  [/(\s)\d+\.\d{3} ms/g, '$1<T> ms'],
  [/(\s)\d+\.\ds$/gm, '$1<T>s'],
  [/after \d+ ms/g, 'after <T> ms'],
  [/(:|port=)(3[2-9]\d{3}|[45]\d{4}|60\d{3})\b/g, '$1<PORT>'],
  [/OS: Linux \S+/g, 'OS: Linux <V>'],
  [/built by gcc .*/g, 'built by gcc <V>'],
  [/getrlimit\(RLIMIT_NOFILE\): \d+:\d+/g, 'getrlimit(RLIMIT_NOFILE): <N>'],
  [/start worker process \d+/g, 'start worker process <N>'],
  [/\b\d+#\d+: \*\d+/g, '<N>#<N>: *<N>'],
  [/^\d+: ([\w.-]+?)(?:@if\d+|@[\w-]+):/gm, '<N>: $1@<PEER>:'],
  [/^\d+: ([\w.-]+?):/gm, '<N>: $1:'],
  [/@if\d+/g, '@<PEER>'],
  [/\bid=\d+/g, 'id=<N>'],
  [/\t/g, '    '],
];

function replaceIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, '<ID>')
    .replace(/\bbr-[0-9a-f]{12}\b/g, 'br-<ID>')
    .replace(/\bveth[0-9a-f]{7}\b/g, 'veth<ID>')
    .replace(/\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12}\b/g, '<ID>')
    .replace(/\b\d{12}\b/g, '<ID>');
}

/** The address that Docker once derived from an IPv4 address: the same in every run. */
const macOf = (address: string) =>
  `02:42:${address
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join(':')}`;

function replaceMacs(text: string, fixed: ReadonlySet<string>): string {
  return text.replace(/\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b/gi, (mac) => {
    const lower = mac.toLowerCase();
    return lower === 'ff:ff:ff:ff:ff:ff' || lower === '00:00:00:00:00:00' || fixed.has(lower) ? mac : '<MAC>';
  });
}

/** nslookup asks for A and AAAA at once, and the answers come in either order. */
const isLookup = (lines: readonly string[]) =>
  lines.some((line) => line.startsWith('Server:')) && lines.some((line) => /^Address:\s.*:53$/.test(line));
const blocks = (lines: readonly string[]) =>
  lines
    .join('\n')
    .split(/\n\n+/)
    .map((block) => block.trim())
    .filter((block) => block !== '');

/** Output that is JSON as a whole is compared as data. */
function canonicalJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(sorted(JSON.parse(text)), null, 2);
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  const byId = entries.length > 0 && entries.every(([key]) => /^[0-9a-f]{64}$/.test(key));
  if (byId)
    return entries
      .map(([, each]) => each)
      .sort((a, b) =>
        JSON.stringify((a as { Name?: string }).Name) < JSON.stringify((b as { Name?: string }).Name) ? -1 : 1,
      );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
