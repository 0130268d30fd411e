import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksOf, parseInline, parseText, plainLine } from './text.ts';

describe('a text of the course', () => {
  it('has paragraphs, lists and code', () => {
    expect(parseText('One\ntwo.\n\n- a\n- b\n  c\n\n```\nx: 1\n\ny\n```\n1. first\n2. second')).toEqual([
      { kind: 'paragraph', children: [{ kind: 'text', text: 'One two.' }] },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b c' }]],
      },
      { kind: 'code', text: 'x: 1\n\ny' },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'first' }], [{ kind: 'text', text: 'second' }]] },
    ]);
  });

  it('has code, strong words and links in its lines', () => {
    expect(parseInline('run `a **b**`, **not `c`**, see [the card](card:masks).')).toEqual([
      { kind: 'text', text: 'run ' },
      { kind: 'code', text: 'a **b**' },
      { kind: 'text', text: ', ' },
      {
        kind: 'strong',
        children: [
          { kind: 'text', text: 'not ' },
          { kind: 'code', text: 'c' },
        ],
      },
      { kind: 'text', text: ', see ' },
      { kind: 'link', to: { page: 'card', id: 'masks' }, children: [{ kind: 'text', text: 'the card' }] },
      { kind: 'text', text: '.' },
    ]);
  });

  it.each([
    ['ネットワークを\n作ります。', 'ネットワークを作ります。'],
    ['待ちます。\n`nc` は', '待ちます。`nc` は'],
    ['コンテナが\n2 つ', 'コンテナが 2 つ'],
    ['two\nwords', 'two words'],
  ])('joins the lines of %j as the language does', (source, joined) => {
    expect(parseText(source)).toEqual([{ kind: 'paragraph', children: parseInline(joined) }]);
  });

  it('takes addresses outside the course, and HTML, for words', () => {
    const source = '[here](https://example.com) <b onclick="x">&amp;</b>';
    expect(parseText(source)).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text: source }] }]);
  });

  it('finds links in lists and strong words', () => {
    expect(linksOf('- **[a](card:x)**\n\n[b](exercise:y)')).toEqual([
      { page: 'card', id: 'x' },
      { page: 'exercise', id: 'y' },
    ]);
  });

  it('is spoken without its markup', () => {
    expect(plainLine('`docker ps` shows **every `web`**, as [the card](card:x) says')).toBe(
      'docker ps shows every web, as the card says',
    );
  });

  it('reads every text', () => {
    const pieces = fc.constantFrom(
      '`',
      '**',
      '[',
      '](card:a)',
      '- ',
      '1. ',
      '```',
      '\n',
      '\n\n',
      'a',
      '日本',
      '。',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const blocks = parseText(parts.join(''));
        return blocks.every((block) => block.kind !== 'paragraph' || block.children.length > 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
