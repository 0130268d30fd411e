import { resolveLink } from './address.ts';

/** A page that may be shown: nothing in it runs, and nothing is asked for. */
export interface SafePage {
  readonly html: string;
  readonly title: string;
  /** Its links, which can't be followed inside: the address bar does it. */
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** Whatever could run, load or lead away. The frame's sandbox and policy would stop it as well. */
const DANGEROUS =
  'script, noscript, iframe, frame, frameset, object, embed, applet, portal, link, base, meta[http-equiv], form [formaction]';

/** Attributes that would ask some server for more: only what a page carries in itself is shown. */
const LOADING = ['src', 'srcset', 'poster', 'background'];

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
const STYLE = '<style>:root { color-scheme: light; background: #fff; color: #000; }</style>';

/** Makes a page of a simulated server fit to be shown in a sandboxed frame. */
export function safePage(body: string, url: string): SafePage {
  // A document of its own: nothing in it is loaded or run while it is looked through.
  const page = new DOMParser().parseFromString(body, 'text/html');
  for (const element of page.querySelectorAll(DANGEROUS)) element.remove();
  for (const name of LOADING)
    for (const element of page.querySelectorAll(`[${name}]`))
      if (name === 'srcset' || !/^data:image\//i.test(element.getAttribute(name) ?? '')) element.removeAttribute(name);
  for (const element of page.querySelectorAll('*'))
    for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name);
  const links: { text: string; url: string }[] = [];
  for (const anchor of page.querySelectorAll('a[href], area[href]')) {
    const target = resolveLink(anchor.getAttribute('href') ?? '', url);
    const text = anchor.textContent?.trim() ?? '';
    if (target !== null && links.length < 30) links.push({ text: text === '' ? target : text, url: target });
    anchor.removeAttribute('href');
  }
  const head = `<!doctype html><meta charset="utf-8">${POLICY}${STYLE}`;
  return { html: `${head}${page.documentElement.outerHTML}`, title: page.title.trim(), links };
}
