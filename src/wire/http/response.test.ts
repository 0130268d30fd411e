import { expect, it } from 'vitest';
import { ByteBuffer, latin1Bytes } from './byte-buffer.ts';
import { ResponseReader } from './response.ts';

function read(text: string): ReturnType<ResponseReader['next']> {
  const buffer = new ByteBuffer();
  buffer.push(latin1Bytes(text));
  return new ResponseReader().next(buffer);
}

it('reads the head of a response', () => {
  expect(read('HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\nbody')).toMatchObject({
    version: '1.1',
    status: 404,
    reason: 'Not Found',
    headers: [['Server', 'x']],
    lines: ['HTTP/1.1 404 Not Found', 'Server: x'],
  });
  expect(read('HTTP/1.0 200\r\n\r\n')).toMatchObject({ status: 200, reason: '' });
});

it.each([
  ['SSH-2.0-x\r\n', 'no http'],
  ['hello', 'no http'],
  ['HTTP/1.1 2000 x\r\n\r\n', 'no http'],
  ['HTTP/1.1 200 OK\r\nbad\r\n\r\n', 'bad header'],
  ['HTTP/1.1 200 OK\r\nA: b\r\n', 'incomplete'],
])('%j: %s', (text, problem) => {
  expect(read(text)).toBe(problem);
});
