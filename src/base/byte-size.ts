/** Bytes with a unit (`64m`, `1.5GiB`), as go-units' RAMInBytes reads them: units of 1024. null: it is no size. */
export function parseByteSize(text: string): number | null {
  const match = /^(-?\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(text);
  if (match === null) return null;
  return Math.trunc(Number(match[1]) * 1024 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase()));
}
