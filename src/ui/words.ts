/** Every text of the interface, in both languages; the compiler sees to it that none is missing. */
export interface Words {
  readonly tagline: string;
  readonly tryThis: string;
  readonly terminal: string;
}

export const WORDS: { readonly en: Words; readonly ja: Words } = {
  en: {
    tagline: 'A Docker host inside this page.',
    tryThis: 'Type a command, for example',
    terminal: 'Terminal of the simulated host ubuntu',
  },
  ja: {
    tagline: 'このページの中で動く Docker ホストです。',
    tryThis: 'コマンドを入力してみましょう。たとえば',
    terminal: 'シミュレートされたホスト ubuntu の端末',
  },
};

/** Japanese where the browser prefers it, English elsewhere. */
export function languageOf(preferred: readonly string[]): 'en' | 'ja' {
  const first = preferred.find((tag) => /^(en|ja)\b/i.test(tag));
  return first?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
