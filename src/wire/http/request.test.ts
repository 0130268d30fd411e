import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/random.ts';
import { ByteBuffer, latin1Bytes } from './byte-buffer.ts';
import { formatRequest, type HttpRequest, RequestReader } from './request.ts';

function read(text: string, pieces = [text]): ReturnType<RequestReader['next']> {
  const buffer = new ByteBuffer();
  const reader = new RequestReader();
  let result = reader.next(buffer);
  for (const piece of pieces) {
    buffer.push(latin1Bytes(piece));
    result = reader.next(buffer);
  }
  return result;
}

describe('the head of a request', () => {
  it('is read whole, with its headers in their order', () => {
    expect(read('GET /a?b HTTP/1.1\r\nHost: x\r\nAccept:  */* \r\n\r\n')).toEqual({
      method: 'GET',
      target: '/a?b',
      version: '1.1',
      headers: [
        ['Host', 'x'],
        ['Accept', '*/*'],
      ],
    });
  });

  it('may come byte by byte, after empty lines, with bare line feeds', () => {
    const text = '\r\n\nPOST / HTTP/1.0\nA: b\n\n';
    expect(read(text, [...text])).toMatchObject({ method: 'POST', version: '1.0', headers: [['A', 'b']] });
  });

  it('is a line alone in HTTP/0.9', () => {
    expect(read('GET /\r\n')).toMatchObject({ version: '0.9', target: '/' });
  });

  it.each([
    ['get / HTTP/1.1\r\n\r\n', 'bad request line'],
    ['GET nowhere HTTP/1.1\r\n\r\n', 'bad request line'],
    ['rubbish\r\n', 'bad request line'],
    ['\x16\x03\x01\x02\r\n', 'bad request line'],
    ['GET / HTTP/2.0\r\n\r\n', 'bad version'],
    ['GET / HTTP/1.1\r\nno colon\r\n\r\n', 'bad header'],
    ['GET / HTTP/1.1\r\nspace : x\r\n\r\n', 'bad header'],
    ['GET / HTTP/1.1\r\n folded\r\n\r\n', 'bad header'],
    [`GET /${'a'.repeat(9000)} HTTP/1.1\r\n\r\n`, 'request line too long'],
    [`GET /${'a'.repeat(9000)}`, 'request line too long'],
    [`GET / HTTP/1.1\r\nA: ${'a'.repeat(9000)}\r\n\r\n`, 'header too large'],
    ['GET / HTTP/1.1\r\nHost: x\r\n', 'incomplete'],
  ])('%j is %s', (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it('comes back as it was written, for random requests in random pieces', () => {
    const random = new Random(7);
    const word = () => Array.from({ length: 1 + random.below(8) }, () => 'abcXYZ09-'[random.below(9)]).join('');
    for (let i = 0; i < 300; i++) {
      const request: HttpRequest = {
        method: ['GET', 'POST', 'X-Y'][random.below(3)] as string,
        target: `/${word()}?${word()}`,
        version: random.below(2) ? '1.1' : '1.0',
        headers: Array.from({ length: random.below(6) }, () => [word(), word()] as const),
      };
      const text = formatRequest(request);
      const pieces: string[] = [];
      for (let at = 0; at < text.length; ) {
        const length = 1 + random.below(20);
        pieces.push(text.slice(at, at + length));
        at += length;
      }
      expect(read(text, pieces)).toEqual(request);
    }
  });

  it('never throws, whatever comes', () => {
    const random = new Random(11);
    const seeds = ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'POST /x HTTP/1.0\nContent-Length: 3\n\nabc', '\0\xff\r\n'];
    for (let i = 0; i < 2000; i++) {
      const bytes = latin1Bytes(seeds[random.below(3)] as string);
      for (let k = random.below(6); k > 0; k--) bytes[random.below(bytes.length)] = random.below(256);
      const buffer = new ByteBuffer();
      const reader = new RequestReader();
      buffer.push(bytes);
      const result = reader.next(buffer);
      expect(typeof result === 'string' || result.target.length > 0).toBe(true);
    }
  });
});
