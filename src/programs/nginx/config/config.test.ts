import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { Random } from '../../../sim/random.ts';
import { find } from './directive.ts';
import { type HttpConfig, readHttp } from './http-config.ts';
import { type ConfigFiles, ConfigReader } from './read-config.ts';

/** Files that are there at once. */
function source(files: Readonly<Record<string, string>>): ConfigFiles {
  return {
    *read(path) {
      const text = files[path];
      return text === undefined ? err(`open() "${path}" failed (2: No such file or directory)`) : ok(text);
    },
    *glob(pattern) {
      return Object.keys(files).filter((path) => path.startsWith(pattern.replace(/\*.*/, '')));
    },
  };
}

function finish<T>(run: Sys<T>): T {
  const step = run.next();
  if (!step.done) throw new Error('the reader waited');
  return step.value;
}

function load(text: string, more: Readonly<Record<string, string>> = {}): Result<HttpConfig, string> {
  const reader = new ConfigReader(source({ '/etc/nginx/nginx.conf': text, ...more }), '/etc/nginx');
  const read = finish(reader.file('/etc/nginx/nginx.conf'));
  return read.ok ? readHttp(find(read.value, 'http')?.block ?? []) : read;
}

const problem = (text: string, more?: Readonly<Record<string, string>>) => {
  const loaded = load(text, more);
  return loaded.ok ? null : loaded.error;
};
const server = (text: string) => `events {}\nhttp {\n server {\n${text}\n }\n}\n`;

describe('a configuration', () => {
  it('gives servers their locations and settings, inherited from outside', () => {
    const loaded = load(
      'http { root /a; index one two; server { listen 8080 default_server; server_name X *.y; location = /b { root /c; } location / { } } }',
    );
    expect(loaded).toMatchObject({
      ok: true,
      value: {
        servers: [
          {
            names: ['x', '*.y'],
            listens: [{ port: 8080, defaultServer: true, address: null }],
            location: {
              settings: { root: '/a', index: ['one', 'two'] },
              locations: [
                { kind: 'exact', pattern: '/b', settings: { root: '/c' } },
                { kind: 'prefix', pattern: '/', settings: { root: '/a' } },
              ],
            },
          },
        ],
      },
    });
  });

  it('reads quotes, escapes, comments and braces of variables', () => {
    const loaded = load(server(`return 200 "a;b # no comment\\n$host" ; # a comment`));
    expect(loaded).toMatchObject({
      value: {
        servers: [{ location: { steps: [{ do: 'return', status: 200, text: 'a;b # no comment\n$host' }] } }],
      },
    });
  });

  it('includes files by pattern', () => {
    const text = 'http { include conf.d/*.conf; }';
    const loaded = load(text, { '/etc/nginx/conf.d/a.conf': 'server { listen 81; }' });
    expect(loaded).toMatchObject({ value: { servers: [{ listens: [{ port: 81 }] }] } });
    expect(problem(text, { '/etc/nginx/conf.d/a.conf': 'server {\n oops; }' })).toBe(
      'unknown directive "oops" in /etc/nginx/conf.d/a.conf:2',
    );
  });

  it.each([
    ['oops on;', 'unknown directive "oops" in /etc/nginx/nginx.conf:4'],
    ['worker_connections 3;', '"worker_connections" directive is not allowed here in /etc/nginx/nginx.conf:4'],
    ['root /a /b;', 'invalid number of arguments in "root" directive in /etc/nginx/nginx.conf:4'],
    ['root /a;\nroot /b;', '"root" directive is duplicate in /etc/nginx/nginx.conf:5'],
    ['root /a { }', 'directive "root" is not terminated by ";" in /etc/nginx/nginx.conf:4'],
    ['location /;', 'directive "location" has no opening "{" in /etc/nginx/nginx.conf:4'],
    [
      'autoindex yes;',
      'invalid value "yes" in "autoindex" directive, it must be "on" or "off" in /etc/nginx/nginx.conf:4',
    ],
    ['listen 99999;', 'invalid port in "99999" of the "listen" directive in /etc/nginx/nginx.conf:4'],
    ['listen 80 what;', 'invalid parameter "what" in /etc/nginx/nginx.conf:4'],
    ['location / {}\nlocation / {}', 'duplicate location "/" in /etc/nginx/nginx.conf:5'],
    ['location / { proxy_pass backend; }', 'invalid URL prefix in /etc/nginx/nginx.conf:4'],
    [
      'include missing.conf;',
      'open() "/etc/nginx/missing.conf" failed (2: No such file or directory) in /etc/nginx/nginx.conf:4',
    ],
    ['return 200 "x', 'unexpected end of file, expecting ";" or "}" in /etc/nginx/nginx.conf:7'],
    [';', 'unexpected ";" in /etc/nginx/nginx.conf:4'],
    ['}}}', 'unexpected "}" in /etc/nginx/nginx.conf:4'],
    ['fastcgi_pass x;', 'directive "fastcgi_pass" is not modelled on this simulated host in /etc/nginx/nginx.conf:4'],
  ])('%j: %s', (text, message) => {
    expect(problem(server(text))).toBe(message);
  });

  it('misses the end of a block', () => {
    expect(problem('http {\n server {\n')).toBe('unexpected end of file, expecting "}" in /etc/nginx/nginx.conf:3');
  });

  it('never throws and always names the place, whatever is done to it', () => {
    const random = new Random(23);
    const base = server(
      'listen 80; server_name a b; root /x; location ~ ^/(a|b)$ { return 301 "/c$1"; } location /p/ { proxy_pass http://u/; proxy_set_header Host $host; } if ($arg_x = "1") { rewrite ^/a(.*) /b$1 last; } error_page 404 =200 /e.html;',
    );
    const scraps = ['{', '}', ';', '"', "'", '$', '\\', '(', '~', ' on', '#', '\0', 'http', '99999999', '\n'];
    for (let i = 0; i < 1500; i++) {
      let text = base;
      for (let k = 1 + random.below(4); k > 0; k--) {
        const at = random.below(text.length);
        text = text.slice(0, at) + scraps[random.below(scraps.length)] + text.slice(at + random.below(4));
      }
      const message = problem(text);
      // What concerns several servers at once has no single place.
      expect(
        message === null || /nginx\.conf:\d+$|^a duplicate default|^unknown log format/.test(message),
        `${message}\n${text}`,
      ).toBe(true);
    }
  });
});
