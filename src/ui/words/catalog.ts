/**
 * Texts of the interface. Each area of `ui` has a `words.ts` with both languages of its own texts; the compiler sees to it that none
 * is missing: `const WORDS: Catalog<Words> = { en: {…}, ja: {…} }`. Texts with a value in them are functions.
 */
export type Language = 'en' | 'ja';
export type Catalog<Words> = Readonly<Record<Language, Words>>;

/** Japanese where the browser prefers it, English elsewhere. */
export function preferredLanguage(preferred: readonly string[]): Language {
  const first = preferred.find((tag) => /^(en|ja)\b/i.test(tag));
  return first?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
