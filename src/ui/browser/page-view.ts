import { html, nothing, type TemplateResult } from 'lit';
import type { FetchedPage } from '../../lab/messages.ts';
import { type SafePage, safePage } from './safe-page.ts';
import type { BrowserWords } from './words.ts';

export type PageView = 'page' | 'source' | 'headers';

type Answered = Extract<FetchedPage, { ok: true }>;

/** What a server answered: as a page without scripts, as its source, or its headers. */
export function pageView(
  page: Answered,
  view: PageView,
  words: BrowserWords,
  onFollow: (url: string) => void,
): TemplateResult {
  if (view === 'headers') return headersView(page, words);
  if (page.body === '') return html`<p class="start quiet">${words.empty}</p>`;
  const type = contentType(page);
  if (view === 'source') return html`<pre tabindex="0" aria-label=${words.source}>${page.body}</pre>`;
  if (type === 'text/html') return framed(page, words, onFollow);
  if (type === 'application/json') return html`<pre tabindex="0" aria-label=${words.page}>${indented(page.body)}</pre>`;
  const isText = type.startsWith('text/') || !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(page.body);
  return html`${isText ? nothing : html`<p class="hint">${words.notText}</p>`}
    <pre tabindex="0" aria-label=${words.page}>${isText ? page.body : page.body.slice(0, 400)}</pre>`;
}

/** The media type; a browser guesses where there is none. */
export function contentType({ headers, body }: Pick<Answered, 'headers' | 'body'>): string {
  const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const type = (value.split(';')[0] as string).trim().toLowerCase();
  if (type !== '') return type;
  return /^\s*<(!doctype html|html|head|body|h1|p)\b/i.test(body) ? 'text/html' : 'text/plain';
}

/** JSON as a person reads it; what is none stays as it is. */
export function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Made fit once for each answer, however often it is drawn. */
const made = new WeakMap<Answered, SafePage>();

function framed(page: Answered, words: BrowserWords, onFollow: (url: string) => void): TemplateResult {
  const safe = made.get(page) ?? safePage(page.body, page.url);
  made.set(page, safe);
  return html`<iframe sandbox="" referrerpolicy="no-referrer" title=${words.pageTitle(safe.title || page.url)} .srcdoc=${safe.html}></iframe>
    ${
      safe.links.length === 0
        ? nothing
        : html`<div class="links">
            <span class="quiet">${words.links}</span>
            <ul>
              ${safe.links.map(
                ({ text, url }) =>
                  html`<li><button type="button" class="link" title=${url} @click=${() => onFollow(url)}>${text}</button></li>`,
              )}
            </ul>
          </div>`
    }`;
}

function headersView({ headers, status, reason }: Answered, words: BrowserWords): TemplateResult {
  return html`<dl class="head mono">
    <div><dt>HTTP/1.1</dt><dd>${status} ${reason}</dd></div>
    ${headers.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    ${headers.length === 0 ? html`<div><dt></dt><dd>${words.noHeaders}</dd></div>` : nothing}
  </dl>`;
}
