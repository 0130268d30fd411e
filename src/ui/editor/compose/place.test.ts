import { describe, expect, it } from 'vitest';
import { placeAt, wordAt } from './place.ts';

/** The place of the bar in a text. */
function at(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return placeAt(marked.replace('|', ''), before.length - 1, (before.at(-1) as string).length);
}

describe('a place in a compose file', () => {
  it('is at the top', () => {
    expect(at('ser|')).toEqual({ path: [], at: 'key', typed: 'ser', from: 0 });
    expect(at('services:\n  web:\n    image: nginx:alpine\nnet|')).toMatchObject({ path: [], typed: 'net' });
  });

  it('is below the keys that the indentation says', () => {
    expect(at('services:\n  web:\n    im|')).toEqual({ path: ['services', 'web'], at: 'key', typed: 'im', from: 4 });
    expect(at('services:\n  web:\n    image: busybox\n    |')).toMatchObject({ path: ['services', 'web'], typed: '' });
    expect(at('services:\n  web:\n    image: busybox\n  |')).toMatchObject({ path: ['services'], typed: '' });
  });

  it('is behind a colon', () => {
    expect(at('services:\n  web:\n    image: ngi|')).toEqual({
      path: ['services', 'web', 'image'],
      at: 'value',
      typed: 'ngi',
      from: 11,
    });
    expect(at('services:\n  web:\n    tty: |')).toMatchObject({ path: ['services', 'web', 'tty'], at: 'value' });
  });

  it('is an item of a list, indented or not', () => {
    const path = ['services', 'web', 'networks', '-'];
    expect(at('services:\n  web:\n    networks:\n      - de|')).toMatchObject({
      path,
      at: 'key',
      typed: 'de',
      from: 8,
    });
    expect(at('services:\n  web:\n    networks:\n    - de|')).toMatchObject({ path, typed: 'de' });
    expect(at('services:\n  web:\n    networks:\n      - a\n      - |')).toMatchObject({ path, typed: '' });
  });

  it('is a key of an item that is a map', () => {
    const text = 'services:\n  web:\n    ports:\n      - target: 80\n        pub|';
    expect(at(text)).toMatchObject({ path: ['services', 'web', 'ports', '-'], at: 'key', typed: 'pub' });
    expect(at('networks:\n  a:\n    ipam:\n      config:\n        - sub|')).toMatchObject({
      path: ['networks', 'a', 'ipam', 'config', '-'],
      typed: 'sub',
    });
  });

  it('takes no notice of comments and empty lines', () => {
    expect(at('services: # mine\n\n  # web:\n  db:\n    im|')).toMatchObject({ path: ['services', 'db'] });
  });

  it('does not take a port or a dash in a name for something else', () => {
    expect(at('services:\n  web-1:\n    ports:\n      - "1234:80|')).toMatchObject({
      path: ['services', 'web-1', 'ports', '-'],
      at: 'key',
      typed: '"1234:80',
    });
  });

  it('is never a fault, whatever the text', () => {
    for (const text of ['\t- :\n  : -', '---\n...', '{a: [', '- - - a: |\n  x', '  :'])
      for (let line = 0; line < 3; line++) expect(placeAt(text, line, 4).path).toBeInstanceOf(Array);
  });
});

describe('the word at a position', () => {
  const text = 'services:\n  web:\n    image: nginx:alpine\n    ports:\n      - "1234:80"\n';
  it('is a key with its path', () => {
    expect(wordAt(text, 2, 6)).toMatchObject({ path: ['services', 'web', 'image'], word: 'image', from: 4, to: 9 });
    expect(wordAt(text, 0, 3)).toMatchObject({ path: ['services'], word: 'services' });
  });
  it('is a value with the path of its key', () => {
    expect(wordAt(text, 2, 14)).toMatchObject({ path: ['services', 'web', 'image'], word: 'nginx:alpine', to: 23 });
  });
  it('is nothing between words', () => {
    expect(wordAt(text, 5, 0)).toBeNull();
  });
});
