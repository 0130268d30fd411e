import { beforeAll, expect, it } from 'vitest';
import { Lab, type TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';
import { Random } from '../src/sim/random.ts';

const CURL =
  '-i -I -s -S -v -o /tmp/x -O -w %{http_code} %{ -m 1 -X POST -d a=b @/etc/passwd -H A:b A: -L -f -k -u u:p -b c=d -e r --connect-timeout --resolve a:80:172.17.0.2 -G --retry 2 --max-redirs -r 0-3 http://172.17.0.2/ http://172.17.0.2:81/ localhost http://[::1]/ http://%zz ftp://x https://x -T --json {} --data-urlencode http://172.17.0.2/%00 http://172.17.0.2/../..//a?b#c --oops - -- -D http://example.com'.split(
    ' ',
  );
const WGET =
  '-q -O - -S -T 1 --spider --header A:b --post-data x -c -P /tmp -U z http://172.17.0.2/ 172.17.0.2 localhost http://172.17.0.2:99999/ https://x ftp://y http:// -o /tmp/log --oops'.split(
    ' ',
  );
/** Pieces of requests, as printf(1) takes them. */
const PIECES = [
  'GET / HTTP/1.1\\r\\nHost: x\\r\\n',
  '\\r\\n',
  'POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5\\r\\n\\r\\nab',
  'Transfer-Encoding: chunked\\r\\n',
  'Range: bytes=0-1,5-9,-3\\r\\n',
  'Range: bytes=x\\r\\n',
  'Expect: 100-continue\\r\\n',
  'Content-Length: -1\\r\\n',
  '\\000\\377',
  'GET /%zz HTTP/1.0\\r\\n\\r\\n',
  'Host: a\\r\\nHost: b\\r\\n',
  'PUT * HTTP/1.1\\r\\n',
  'Connection: close\\r\\n',
  '5\\r\\nabcde\\r\\n0\\r\\n\\r\\n',
];

let lab: Lab;
let terminal: TerminalId;
let shown = '';
const random = new Random(9);
const some = (list: readonly string[]) =>
  Array.from({ length: 1 + random.below(6) }, () => list[random.below(list.length)] as string);

function run(line: string, seconds: number): void {
  lab.type(terminal, `${line}\r`);
  lab.advance(seconds * 1e9);
  lab.type(terminal, '\u0003');
  lab.advance(0.2e9);
  expect([...lab.world.host.faults, ...lab.world.lan.faults], line).toEqual([]);
}

beforeAll(() => {
  lab = wholeLab({ seed: 5 });
  terminal = lab.openTerminal({ columns: 80, rows: 24, onOutput: (text) => (shown += text) });
  run('docker run -d --name web nginx:alpine; docker run -d --name box busybox sleep 10000', 3);
}, 60_000);

it('takes any options of curl and wget without a fault', () => {
  const quoted = (list: readonly string[]) =>
    some(list)
      .map((word) => `'${word}'`)
      .join(' ');
  for (let i = 0; i < 150; i++) run(i % 3 ? `curl ${quoted(CURL)}` : `docker exec box wget ${quoted(WGET)}`, 3);
}, 60_000);

it('takes any request, and serves the next one', () => {
  for (let i = 0; i < 80; i++)
    run(`docker exec box sh -c "printf '${some(PIECES).join('')}' | nc -w 1 172.17.0.2 80"`, 2);
  shown = '';
  run('curl -s -o /dev/null -w "<%{http_code}>" http://172.17.0.2/', 2);
  expect(shown).toContain('<200>');
}, 60_000);
