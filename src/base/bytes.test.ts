import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, Utf8Stream } from './bytes.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.string({ unit: 'grapheme' }));

/** With U+FFFD for lone surrogates, as Node's own encoder has it. */
const wellFormed = (t: string) => Buffer.from(t).toString();

describe('UTF-8', () => {
  it('is what everybody else makes of a text, and of bytes that are none', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(Buffer.from(encodeUtf8(t)).equals(Buffer.from(wellFormed(t)))).toBe(true);
        expect(decodeUtf8(encodeUtf8(t))).toBe(wellFormed(t));
      }),
    );
    expect(decodeUtf8(Uint8Array.of(0x41, 0xff, 0xe3, 0x81, 0x42))).toBe('A\ufffd\ufffd\ufffdB');
  });

  it('is read in any portions', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (t, size) => {
        const bytes = encodeUtf8(t);
        const stream = new Utf8Stream();
        let got = '';
        for (let at = 0; at < bytes.length; at += size) got += stream.write(bytes.subarray(at, at + size));
        expect(got).toBe(wellFormed(t));
      }),
    );
  });

  it('of a long text has every character', () => {
    const long = `${'x'.repeat(10_000)}日本語${'y'.repeat(10_000)}`;
    expect(decodeUtf8(encodeUtf8(long))).toBe(long);
  });
});
