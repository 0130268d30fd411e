import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/bytes.ts';
import { readAccessLog, readBindFailure } from './server-log.ts';

describe('the log of a web server', () => {
  it('tells who asked for what, and what the answer was', () => {
    const line = '172.17.0.1 - - [23/Nov/2026:19:18:15 +0000] "GET /a?b HTTP/1.1" 200 14 "-" "curl/8.23.0" "-"\n';
    expect(readAccessLog(encodeUtf8(line))).toEqual({ client: '172.17.0.1', path: '/a?b', status: 200, size: 14 });
  });

  it('tells which port could not be had', () => {
    const line = '2026/11/23 19:15:00 [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address in use)\n';
    expect(readBindFailure(encodeUtf8(line))).toBe(80);
    expect(readBindFailure(encodeUtf8(line.replace('0.0.0.0', '[::]')))).toBe(80);
  });

  it.each([
    '',
    'GET / HTTP/1.1',
    '1.2.3.4 - - [now] "rubbish" 200 1',
    '2026/11/23 [notice] 1#1: start worker process 30',
  ])('tells nothing by other lines: %j', (line) => {
    expect(readAccessLog(encodeUtf8(line))).toBe(null);
    expect(readBindFailure(encodeUtf8(line))).toBe(null);
  });
});
