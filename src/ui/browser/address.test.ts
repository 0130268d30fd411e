import { describe, expect, it } from 'vitest';
import { portOf, readAddress, resolveLink } from './address.ts';

describe('an address that somebody types', () => {
  it.each([
    ['http://localhost:1234', 'http://localhost:1234/'],
    ['localhost:1234', 'http://localhost:1234/'],
    ['  192.168.0.10:1234/a?b  ', 'http://192.168.0.10:1234/a?b'],
    ['ｈｔｔｐ：／／ｌｏｃａｌｈｏｓｔ：１２３４', 'http://localhost:1234/'],
    ['HTTP://example.com', 'http://example.com/'],
  ])('%s', (typed, url) => expect(readAddress(typed)).toEqual({ ok: true, url }));

  it('is told from what is none', () => {
    expect(readAddress('  ')).toEqual({ ok: false, problem: 'empty' });
    expect(readAddress('hello world')).toEqual({ ok: false, problem: 'not an address' });
    expect(readAddress('http://')).toEqual({ ok: false, problem: 'not an address' });
    expect(readAddress('https://localhost:1234')).toEqual({
      ok: false,
      problem: 'other scheme',
      scheme: 'https',
      instead: 'http://localhost:1234',
    });
    expect(readAddress('javascript://alert(1)')).toMatchObject({ problem: 'other scheme', scheme: 'javascript' });
  });

  it('has a port', () => {
    expect(portOf('http://localhost:1234/')).toBe(1234);
    expect(portOf('http://localhost/a:9')).toBe(80);
  });

  it('leads on by its links', () => {
    expect(resolveLink('/two', 'http://localhost:1234/one')).toBe('http://localhost:1234/two');
    expect(resolveLink('javascript:alert(1)', 'http://localhost/')).toBeNull();
    expect(resolveLink('https://nginx.org/', 'http://localhost/')).toBeNull();
    expect(resolveLink('http://[', 'http://localhost/')).toBeNull();
  });
});
