/** What somebody typed into the address bar, made into an address; or why it can't be one. */
export type TypedAddress =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: 'empty' | 'not an address' }
  | { readonly ok: false; readonly problem: 'other scheme'; readonly scheme: string; readonly instead: string };

/** Reads an address as a browser's bar does: without a scheme it is http, and full-width letters are as good as others. */
export function readAddress(typed: string): TypedAddress {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return { ok: false, problem: 'empty' };
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [null, undefined, text];
  if (scheme !== undefined && scheme.toLowerCase() !== 'http')
    return { ok: false, problem: 'other scheme', scheme: scheme.toLowerCase(), instead: `http://${rest}` };
  if (/\s/.test(rest) || !/^[^/?#]*[^/?#:]/.test(rest)) return { ok: false, problem: 'not an address' };
  return { ok: true, url: `http://${/[/?#]/.test(rest) ? rest : `${rest}/`}` };
}

/** The port that an address names; 80 where it names none. */
export function portOf(url: string): number {
  const [, port] = /^http:\/\/[^/?#]*?(?::(\d{1,5}))?(?:[/?#]|$)/.exec(url) ?? [];
  return port === undefined ? 80 : Number(port);
}

/** Where a link on a page leads; null: out of what can be shown. */
export function resolveLink(href: string, base: string): string | null {
  try {
    const { protocol, href: whole } = new URL(href, base);
    return protocol === 'http:' ? whole : null;
  } catch {
    return null;
  }
}
