import { html, nothing, type TemplateResult } from 'lit';
import { type Block, type Inline, parseInline, parseText } from '../../scenario/course/text.ts';
import { formatRoute } from '../app/route.ts';
import { pageAt, routeOf } from './course-pages.ts';

type Rendered = TemplateResult | string | typeof nothing;

/** A text of the course as elements. */
export function renderText(source: string): readonly Rendered[] {
  return parseText(source).map(renderBlock);
}

/** A text of one line. */
export function renderLine(source: string): readonly Rendered[] {
  return parseInline(source).map(renderInline);
}

/** A number and its Japanese counter stay on one line: 1 つ, 3 台. */
const keptTogether = (text: string): string => text.replace(/(?<=\d) (?=[\u3041-\u9fff])/g, '\u00a0');

function renderBlock(block: Block): Rendered {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.children.map(renderInline)}</p>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${item.map(renderInline)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'code':
      // A wide one is scrolled, so it has to be reachable by keyboard.
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
  }
}

function renderInline(inline: Inline): Rendered {
  switch (inline.kind) {
    case 'text':
      return keptTogether(inline.text);
    case 'code':
      return html`<code>${inline.text}</code>`;
    case 'strong':
      return html`<strong>${inline.children.map(renderInline)}</strong>`;
    case 'link': {
      const page = pageAt(inline.to);
      const words = inline.children.map(renderInline);
      return page ? html`<a href=${formatRoute(routeOf(page))}>${words}</a>` : html`${words}`;
    }
  }
}
