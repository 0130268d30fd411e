import { describe, expect, it } from 'vitest';
import type { TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';

const FOLDER = '/home/user/shop';

/** A terminal of a fresh host in a folder with some files, and what commands print there. */
class Session {
  private shown = '';
  private readonly lab = wholeLab({ seed: 1 });
  private readonly id: TerminalId;

  constructor(files: Readonly<Record<string, string>>) {
    this.id = this.lab.openTerminal({ columns: 200, rows: 50, onOutput: (text) => (this.shown += text) });
    this.pass(0.5);
    this.run(`mkdir -p ${FOLDER}`);
    for (const [name, text] of Object.entries(files)) this.lab.writeFile(`${FOLDER}/${name}`, text);
  }

  /** What a command prints there; both streams go through a pipe, so progress is plain. */
  run(command: string, seconds = 60): string {
    this.shown = '';
    this.lab.type(this.id, `echo "<""begin>"; (cd ${FOLDER}; ${command}) 2>&1 | cat; echo "<""end>"\r`);
    for (let i = 0; i < seconds * 10 && !this.shown.includes('<end>'); i++) this.pass(0.1);
    return this.shown
      .replaceAll('\r\n', '\n')
      .replace(/^[^]*<begin>\n/, '')
      .replace(/<end>[^]*$/, '');
  }

  private pass(seconds: number): void {
    this.lab.advanceUpTo(this.lab.now + seconds * 1e9, 3_000_000);
  }
}

const SHOP = `services:
  web:
    image: nginx:alpine
    depends_on: [db]
    ports: ["8080:80"]
  db:
    image: busybox
    command: sleep 1000
  tool:
    image: busybox
    profiles: [debug]
`;

describe('docker compose', () => {
  it('up, ps, a changed file, scale, down', () => {
    const host = new Session({ 'compose.yaml': SHOP });
    const up = host.run('docker compose up -d');
    expect(up).toContain(' Network shop_default  Created\n');
    expect(up.indexOf('Container shop-db-1  Started')).toBeLessThan(up.indexOf('Container shop-web-1  Starting'));
    expect(host.run("docker compose ps --format '{{.Service}} {{.State}} {{.Ports}}'")).toBe(
      'db running \nweb running 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp\n',
    );
    expect(host.run('docker compose up -d')).toMatch(/Container shop-db-1 {2}Running\n/);
    host.run("sed -i 's/sleep 1000/sleep 2000/' compose.yaml");
    const again = host.run('docker compose up -d');
    expect(again).toContain('Container shop-db-1  Recreated');
    expect(again).not.toContain('shop-web-1  Recreate');
    host.run('docker compose up -d --scale db=3');
    expect(host.run('docker compose ps --services; docker ps -q | wc -l')).toBe('db\nweb\n4\n');
    expect(host.run('docker compose port web 80')).toBe('0.0.0.0:8080\n');
    expect(host.run('docker compose exec -T db hostname | wc -c')).toBe('13\n');
    expect(host.run('docker compose run --rm db echo hello')).toContain('hello\n');
    expect(host.run('docker compose -p shop ls -q')).toBe('shop\n');
    expect(host.run('cd /; docker compose -p shop down')).toContain(' Network shop_default  Removed\n');
    expect(host.run('docker ps -aq')).toBe('');
  });

  it('config: names, JSON, profiles, and what is wrong', () => {
    const host = new Session({ 'compose.yaml': SHOP, 'bad.yaml': 'services: {a: {imgae: x}}\n' });
    expect(host.run('docker compose config --services | sort')).toBe('db\nweb\n');
    expect(host.run('docker compose --profile debug config --services | sort')).toBe('db\ntool\nweb\n');
    expect(host.run('docker compose config --quiet')).toBe('');
    expect(JSON.parse(host.run('docker compose config --format json'))).toMatchObject({
      name: 'shop',
      services: { web: { ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }] } },
    });
    expect(host.run('docker compose -f bad.yaml up -d')).toBe(
      "validating /home/user/shop/bad.yaml: services.a additional properties 'imgae' not allowed\n",
    );
    expect(host.run('docker compose -f nowhere.yaml ps')).toBe(
      'open /home/user/shop/nowhere.yaml: no such file or directory\n',
    );
  });

  it('completes verbs, flags and services, behind flags of its own too', () => {
    const host = new Session({ 'compose.yaml': SHOP });
    expect(host.run('docker __complete compose u')).toContain('up\n');
    expect(host.run('docker __complete compose -f compose.yaml --ansi never pa')).toBe('pause\n:4\n');
    expect(host.run('docker __complete compose --progress q')).toBe('quiet\n:4\n');
    expect(host.run('docker __complete compose up --no-d')).toBe('--no-deps\n:4\n');
    expect(host.run("docker __complete compose -p x restart ''")).toBe('db\ntool\nweb\n:4\n');
    expect(host.run('docker __complete compose exec w')).toBe('web\n:4\n');
  });

  it('completes the services of the file that -f names', () => {
    const host = new Session({ 'compose.yaml': SHOP, 'other.yaml': 'services: {alpha: {image: busybox}}' });
    expect(host.run("docker __complete compose -p two -f other.yaml exec ''")).toBe('alpha\n:4\n');
    expect(host.run('docker __complete compose --file=other.yaml logs a')).toBe('alpha\n:4\n');
    expect(host.run('docker __complete compose -f none.yaml logs a')).toBe(':4\n');
  });

  it('secrets and configs are files in the container, wherever their text comes from', () => {
    const host = new Session({
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 1000
    secrets: [pw, {source: home, target: h, mode: 0400}]
    configs: [{source: greeting, target: /etc/deep/greeting}, {source: file, mode: 0440}]
secrets:
  pw: {file: ./pw.txt}
  home: {environment: HOME}
configs:
  greeting: {content: "hello $HOME"}
  file: {file: ./pw.txt}
`,
      'pw.txt': 'hidden\n',
    });
    expect(host.run('docker compose up -d')).toContain(
      'msg="config `uid`, `gid` and `mode` are not supported, they will be ignored"',
    );
    expect(host.run('docker compose exec -T web head /run/secrets/pw /run/secrets/h /etc/deep/greeting /file')).toBe(
      '==> /run/secrets/pw <==\nhidden\n\n==> /run/secrets/h <==\n/home/user\n==> /etc/deep/greeting <==\nhello /home/user\n==> /file <==\nhidden\n',
    );
    expect(host.run('docker compose exec -T web stat -c %a /run/secrets/h /etc/deep/greeting')).toBe('400\n444\n');
    expect(host.run('docker compose run -T --rm web head /etc/deep/greeting 2> /dev/null')).toBe('hello /home/user');
  });

  it('hooks run as a container starts and stops; one that fails is told', () => {
    const host = new Session({
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
    post_start: [{command: sh -c 'echo started > /proc/1/fd/1'}]
    pre_stop: [{command: [sh, -c, 'echo "$$WORD" > /proc/1/fd/1'], environment: {WORD: stopping}}]
`,
      'fails.yaml': 'services: {web: {image: busybox, command: sleep 1000, post_start: [{command: "false"}]}}',
    });
    host.run('docker compose up -d; docker compose restart; docker compose stop');
    expect(host.run('docker compose logs --no-log-prefix')).toBe('started\nstopping\nstarted\nstopping\n');
    expect(host.run('docker compose down; docker compose -f fails.yaml up -d; echo $?')).toMatch(
      /web hook exited with status 1\n1\n$/,
    );
  });

  it('an attached up shows what hooks say', () => {
    const host = new Session({
      'compose.yaml': `services:
  web: {image: busybox, command: sleep 1, post_start: [{command: echo hello}]}
`,
    });
    expect(host.run('docker compose up')).toContain('web-1 ->  | hello\n');
  });

  it('what a service asks of its machine reaches the engine', () => {
    const host = new Session({
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 1000
    mem_limit: 20m
    ulimits: {nofile: 100, nproc: {soft: 10, hard: 20}}
    deploy: {resources: {limits: {memory: 50M, cpus: "0.5", pids: 9}}}
`,
      'size.yaml': 'services: {web: {image: busybox, mem_limit: lots}}',
    });
    host.run('docker compose up -d');
    const format = '{{.Memory}} {{.NanoCpus}} {{.PidsLimit}} {{json .Ulimits}}';
    expect(host.run(`docker inspect -f '{{with .HostConfig}}${format}{{end}}' shop-web-1`)).toBe(
      '52428800 500000000 9 [{"Name":"nofile","Hard":100,"Soft":100},{"Name":"nproc","Hard":20,"Soft":10}]\n',
    );
    expect(host.run('docker compose -f size.yaml up')).toContain("'services[web].mem_limit' invalid size: 'lots'\n");
  });
});
