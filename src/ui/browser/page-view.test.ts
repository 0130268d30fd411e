import { describe, expect, it } from 'vitest';
import { contentType, indented } from './page-view.ts';

describe('how an answer is shown', () => {
  const type = (value: string | null, body = '') =>
    contentType({ headers: value === null ? [] : [['content-type', value]], body });

  it('follows its media type', () => {
    expect(type('text/html; charset=utf-8')).toBe('text/html');
    expect(type('Application/JSON')).toBe('application/json');
  });

  it('is guessed where there is none', () => {
    expect(type(null, '<!DOCTYPE html><p>')).toBe('text/html');
    expect(type(null, 'hello <html>')).toBe('text/plain');
  });

  it('indents JSON, and leaves alone what only claims to be it', () => {
    expect(indented('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(indented('{oops')).toBe('{oops');
  });
});
