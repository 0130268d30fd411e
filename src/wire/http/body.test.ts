import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../base/bytes.ts';
import { Random } from '../../sim/random.ts';
import { BodyReader, type BodyFraming, requestFraming, responseFraming } from './body.ts';
import { ByteBuffer, latin1, latin1Bytes } from './byte-buffer.ts';

function take(framing: BodyFraming, pieces: readonly string[]): { text: string; reader: BodyReader; rest: number } {
  const buffer = new ByteBuffer();
  const reader = new BodyReader(framing);
  const parts = pieces.map((piece) => {
    buffer.push(latin1Bytes(piece));
    return reader.take(buffer);
  });
  return { text: latin1(concatBytes(parts)), reader, rest: buffer.length };
}

describe('the body of a message', () => {
  it('has the length that is told, and leaves what follows', () => {
    const { text, reader, rest } = take({ kind: 'length', length: 5 }, ['ab', 'cdeGET']);
    expect([text, reader.done, rest]).toEqual(['abcde', true, 3]);
  });

  it('comes in chunks, with extensions and trailers', () => {
    const { text, reader } = take({ kind: 'chunked' }, ['3\r\nabc\r', '\n2;x=y\r\nde\r\n0\r\nT: 1\r\n', '\r\n']);
    expect([text, reader.done]).toEqual(['abcde', true]);
  });

  it.each(['xyz\r\n', '3\r\nabcd\r\n', '-1\r\n', 'f'.repeat(5000)])('is broken: %j', (piece) => {
    expect(take({ kind: 'chunked' }, [piece]).reader.broken).toBe(true);
  });

  it('ends with the connection where nothing else is told', () => {
    const { reader } = take({ kind: 'until close' }, ['abc']);
    expect([reader.done, reader.end()]).toEqual([false, true]);
    expect(take({ kind: 'length', length: 9 }, ['abc']).reader.end()).toBe(false);
  });

  it('is framed as the headers say, unless they contradict each other', () => {
    expect(requestFraming([])).toEqual({ kind: 'length', length: 0 });
    expect(requestFraming([['Transfer-Encoding', 'chunked']])).toEqual({ kind: 'chunked' });
    expect(
      requestFraming([
        ['content-length', '3'],
        ['Content-Length', '4'],
      ]),
    ).toBeNull();
    expect(
      requestFraming([
        ['Content-Length', '3'],
        ['Transfer-Encoding', 'chunked'],
      ]),
    ).toBeNull();
    expect(requestFraming([['Content-Length', '-3']])).toBeNull();
    expect(responseFraming('GET', 200, [])).toEqual({ kind: 'until close' });
    expect(responseFraming('HEAD', 200, [['Content-Length', '3']])).toEqual({ kind: 'length', length: 0 });
    expect(responseFraming('GET', 304, [['Content-Length', '3']])).toEqual({ kind: 'length', length: 0 });
  });

  it('never throws on random chunks', () => {
    const random = new Random(3);
    for (let i = 0; i < 1000; i++) {
      const bytes = latin1Bytes('3\r\nabc\r\n0\r\n\r\n');
      for (let k = random.below(4); k > 0; k--) bytes[random.below(bytes.length)] = random.below(256);
      const { reader, text } = take({ kind: 'chunked' }, [latin1(bytes)]);
      expect(reader.broken || text.length <= bytes.length).toBe(true);
    }
  });
});
