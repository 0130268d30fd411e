import { beforeAll, describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../src/base/bytes.ts';
import { fetchFrom, type Page } from '../src/lab/fetch-from.ts';
import { Lab, type TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';

/** A lab host with a shell; commands give what the terminal shows of them. */
class Host {
  readonly lab: Lab;
  private readonly terminal: TerminalId;
  private shown = '';

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.lab = wholeLab({ seed: 1, files });
    this.terminal = this.lab.openTerminal({ columns: 200, rows: 50, onOutput: (text) => (this.shown += text) });
    this.pass(0.5);
  }

  pass(seconds: number): void {
    this.lab.advance(seconds * 1e9);
  }

  run(line: string, seconds = 5): string {
    this.lab.type(this.terminal, '\u0003');
    this.pass(0.1);
    this.lab.type(this.terminal, `${line}; echo "[$?]"\r`);
    this.shown = '';
    this.pass(seconds);
    const text = this.shown.replace(/\u001b\][^\u0007]*\u0007|\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');
    // After the typed line comes what it has shown; the prompt follows.
    return text.slice(text.indexOf('\n') + 1, text.lastIndexOf(']') + 1);
  }

  page(url: string, from: 'host' | 'lan' = 'host'): Page {
    let page: Page | null = null;
    fetchFrom(this.lab.world[from], url, (each) => {
      page = each;
    });
    this.pass(10);
    if (!page) throw new Error('no page came');
    return page;
  }
}

const CONF = `
upstream both { server one; server two:81; }
server {
  listen 80;
  server_name site;
  root /usr/share/nginx/html;
  location /one/ { proxy_pass http://one/; proxy_set_header X-Real-IP $remote_addr; }
  location /both/ { proxy_pass http://both/; }
  location = /hello { return 200 "hello $remote_addr\\n"; }
  location /old { rewrite ^/old/(.*)$ /new/$1 permanent; }
  location /gone { error_page 404 =200 @rest; }
  location @rest { return 200 "rest\\n"; }
  location ~ \\.secret$ { deny all; }
  location /list/ { alias /etc/nginx/; autoindex on; }
  if ($arg_stop) { return 418; }
}
`;

describe('HTTP in the world', () => {
  let host: Host;

  beforeAll(() => {
    host = new Host({ 'site.conf': CONF });
    host.run('docker network create net', 2);
    for (const name of ['one', 'two']) host.run(`docker run -d --name ${name} --network net nginx:alpine`, 3);
    host.run(
      'docker run -d --name web --network net -p 8080:80 -v $PWD/site.conf:/etc/nginx/conf.d/default.conf nginx:alpine',
      3,
    );
  }, 60_000);

  it('serves files with conditions and ranges', () => {
    const head = host.run('curl -sI http://172.18.0.2/');
    const etag = /ETag: (\S+)/.exec(head)?.[1] ?? '';
    const modified = /Last-Modified: (.*)/.exec(head)?.[1] ?? '';
    expect(head).toContain('Content-Length: 896');
    const status = (options: string) =>
      host.run(`curl -s -o /dev/null -w '%{http_code} %{size_download}' ${options} http://172.18.0.2/`);
    expect(status(`-H 'If-None-Match: ${etag}'`)).toContain('304 0[0]');
    expect(status(`-H 'If-Modified-Since: ${modified}'`)).toContain('304 0[0]');
    expect(status(`-H 'If-None-Match: "other"'`)).toContain('200 896[0]');
    expect(status('-r 10-19')).toContain('206 10[0]');
    expect(status('-r -5')).toContain('206 5[0]');
    expect(status('-r 5000-')).toContain('416 197[0]');
    expect(status('-X DELETE')).toContain('405 157[0]');
  });

  it('passes requests on, and says why when it cannot', () => {
    expect(host.run('curl -s http://172.18.0.4/one/ | head -1')).toContain('<!DOCTYPE html>');
    expect(host.run('docker logs --tail 1 one')).toContain('"GET / HTTP/1.1" 200 896 "-" "curl/8.23.0" "-"');
    host.run('curl -s http://172.18.0.4/both/; curl -s http://172.18.0.4/both/');
    expect(host.run('docker logs web 2>&1 | grep -o "connect() failed.*upstream,"')).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream,',
    );
  });

  it('answers as its configuration says', () => {
    const get = (path: string) => host.run(`curl -si 'http://172.18.0.4${path}'`);
    expect(get('/hello')).toContain('hello 172.18.0.1');
    expect(get('/old/x?y=1')).toContain('Location: http://172.18.0.4/new/x?y=1');
    expect(get('/gone')).toMatch(/^HTTP\/1.1 200 OK[^]*rest/m);
    expect(get('/a.secret')).toContain('HTTP/1.1 403 Forbidden');
    expect(get('/?stop=1')).toContain('HTTP/1.1 418');
    expect(get('/list/')).toContain('<a href="mime.types">mime.types</a>');
  });

  it('shows curl its failures', () => {
    expect(host.run('curl http://nowhere/')).toContain('curl: (6) Could not resolve host: nowhere');
    expect(host.run('curl http://172.18.0.4:81/')).toMatch(
      /curl: \(7\) Failed to connect to 172.18.0.4:81 after \d+ ms: Could not connect to server\n\[7\]/,
    );
    expect(host.run('curl -m 2 http://172.18.0.99/')).toMatch(/curl: \(28\) Connection timed out after 2\d{3} milli/);
    expect(host.run('curl -f http://172.18.0.4/none')).toContain('curl: (22) The requested URL returned error: 404');
    expect(host.run('curl --oops x')).toContain('curl: option --oops: is unknown');
    expect(host.run('curl -s -L -w "%{num_redirects} %{url_effective}" -o /dev/null http://172.18.0.4/list')).toContain(
      '[0]',
    );
  });

  it("serves a folder with BusyBox's httpd, and BusyBox's wget saves files from it", () => {
    host.run(
      "docker run -d --name box busybox sh -c 'mkdir -p /www/d; echo hello > /www/index.html; exec httpd -f -v -h /www'",
    );
    expect(host.run('curl -si http://172.17.0.2/')).toMatch(/^HTTP\/1.1 200 OK\n[^]*Content-Length: 6\n\nhello/m);
    expect(host.run('curl -si http://172.17.0.2/d')).toContain('Location: /d/');
    expect(host.run('curl -s http://172.17.0.2/cgi-bin/x')).toContain('501 Not Implemented');
    const saved = host.run('docker exec box wget http://127.0.0.1/');
    expect(saved).toContain("saving to 'index.html'");
    expect(saved).toContain(`index.html           100% |${'*'.repeat(32)}|     6  0:00:00 ETA\n'index.html' saved`);
    expect(host.run('docker exec box wget http://127.0.0.1/')).toContain("wget: can't open 'index.html': File exists");
    expect(host.run('docker exec box wget -q -O- http://127.0.0.1/none')).toContain(
      'wget: server returned error: HTTP/1.1 404 Not Found\n[1]',
    );
    expect(host.run('docker logs box')).toMatch(/\[::ffff:172.17.0.1\]:\d+: response:200/);
  });

  it('gives a browser the page, or the reason', () => {
    const page = host.page('http://localhost:8080/hello');
    expect(page).toMatchObject({ ok: true, status: 200, reason: 'OK' });
    expect(page.ok && decodeUtf8(page.body)).toMatch(/^hello /);
    expect(host.page('http://192.168.0.10:8080/hello', 'lan')).toMatchObject({ ok: true, status: 200 });
    expect(host.page('http://example.com/')).toMatchObject({ ok: true, status: 200, address: '203.0.113.10' });
    expect(host.page('http://nowhere/')).toEqual({
      ok: false,
      url: 'http://nowhere/',
      reason: 'Could not resolve host: nowhere',
    });
  });
});
