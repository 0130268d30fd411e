import { describe, expect, it } from 'vitest';
import { DockerHost } from './docker-host.fixture.ts';

const ID = /^[0-9a-f]{64}\n$/;

describe('words that call nothing', () => {
  const host = new DockerHost();

  it('an unknown command', () => {
    expect(host.run('frobnicate')).toMatchObject({
      exit: 1,
      err: "docker: unknown command: docker frobnicate\n\nRun 'docker --help' for more information\n",
    });
  });

  it('an unknown command of a group', () => {
    expect(host.run('network', 'frobnicate')).toMatchObject({
      exit: 1,
      err: "docker: unknown command: docker network frobnicate\n\nUsage:  docker network\n\nRun 'docker network --help' for more information\n",
    });
  });

  it('an unknown flag', () => {
    expect(host.run('run', '--frobnicate', 'busybox')).toMatchObject({
      exit: 125,
      err: "unknown flag: --frobnicate\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information\n",
    });
  });

  it('too few arguments', () => {
    expect(host.run('stop')).toMatchObject({
      exit: 1,
      err: "docker: 'docker stop' requires at least 1 argument\n\nUsage:  docker stop [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker stop --help' for more information\n",
    });
    expect(host.run('network', 'create').err).toBe(
      "docker: 'docker network create' requires 1 argument\n\nUsage:  docker network create [OPTIONS] NETWORK\n\nRun 'docker network create --help' for more information\n",
    );
  });

  it('compose without a plugin, and with one', () => {
    expect(host.run('compose', 'up').err).toBe(
      "docker: unknown command: docker compose\n\nRun 'docker --help' for more information\n",
    );
    const withCompose = new DockerHost({
      plugins: new Map([
        [
          'compose',
          {
            short: 'Docker Compose',
            program: function* () {
              return 42;
            },
          },
        ],
      ]),
    });
    expect(withCompose.run('compose', 'up').exit).toBe(42);
    expect(withCompose.ok('--help')).toContain('compose*');
  });
});

describe('without an engine', () => {
  const host = new DockerHost({ engine: false });
  const words = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

  it('every command says so', () => {
    expect(host.run('ps')).toMatchObject({ exit: 1, err: `${words}\n` });
    expect(host.run('stop', 'a', 'b')).toMatchObject({ exit: 1, err: `${words}\n${words}\n` });
    expect(host.run('run', 'busybox')).toMatchObject({
      exit: 125,
      err: `docker: ${words}\n\nRun 'docker run --help' for more information\n`,
    });
  });
});

describe('docker run', () => {
  it('shows both streams and ends as the container did', () => {
    expect(new DockerHost().run('run', '--rm', 'busybox', 'both', '7')).toMatchObject({
      exit: 7,
      out: 'out\n',
      err: 'err\n',
    });
  });

  it('in the background prints the id', () => {
    const host = new DockerHost();
    expect(host.ok('run', '-d', '--name', 'one', 'busybox', 'sleep', '1000')).toMatch(ID);
    expect(host.ok('ps')).toMatch(
      /^CONTAINER ID {3}IMAGE {5}COMMAND {8}CREATED {18}STATUS {18}PORTS {5}NAMES\n[0-9a-f]{12} {3}busybox {3}"sleep 1000" {3}Less than a second ago {3}Up Less than a second {13}one\n$/,
    );
  });

  it('says what went wrong, with 125, 126 or 127', () => {
    const host = new DockerHost();
    const help = "\n\nRun 'docker run --help' for more information\n";
    expect(host.run('run', '--name', 'gone', 'busybox', 'nosuch')).toMatchObject({
      exit: 127,
      err: `docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nosuch": executable file not found in $PATH${help}`,
    });
    expect(host.ok('ps', '-a', '--format', '{{.Names}} {{.Status}}')).toBe('gone Created\n');
    expect(host.run('run', '-d', '-p', '99999:80', 'busybox')).toMatchObject({
      exit: 125,
      err: `docker: Invalid hostPort: 99999${help}`,
    });
    expect(host.run('run', '-d', '-p', '80:80:80:80', 'busybox').err).toBe(
      `docker: Invalid ip address 80:80: address 80:80:: too many colons in address${help}`,
    );
    expect(host.run('run', '--rm', '--network-alias', 'foo', 'busybox', 'echo')).toMatchObject({
      exit: 125,
      err: `docker: network-scoped aliases are only supported for user-defined networks${help}`,
    });
    expect(host.run('run', '--rm', '--restart', 'always', 'busybox').err).toBe(
      `docker: conflicting options: cannot specify both --restart and --rm${help}`,
    );
    expect(host.run('run', '--rm', 'nosuch:tag', 'true')).toMatchObject({ exit: 125 });
    expect(host.run('run', '--rm', 'nosuch:tag', 'true').err).toContain("Unable to find image 'nosuch:tag' locally\n");
  });

  it('refuses links where the container has no namespace of its own', () => {
    const host = new DockerHost();
    host.run('run', '-dit', '--name', 'server', 'busybox');
    for (const [network, kind] of [
      ['host', 'host type networking'],
      ['container:server', 'container type network'],
    ] as const)
      expect(host.run('run', '--network', network, '--link', 'server:target', 'busybox').err).toContain(
        `conflicting options: ${kind} can't be used with links. This would result in undefined behavior\n`,
      );
  });

  it('gives the container its environment, from flags, files and its own', () => {
    const host = new DockerHost();
    const running = host.start(['run', '--rm', '--env-file', 'app.env', '-e', 'C=3', '-e', 'D', 'busybox', 'env'], {
      cwd: '/home/user',
      env: { B: 'two', D: 'four' },
    });
    running.finish(10e9);
    const lines = running.result().out.split('\n');
    expect(lines).toEqual(expect.arrayContaining(['A=1', 'B=two', 'C=3', 'D=four']));
  });

  it('carries input with -i, and its end', () => {
    const host = new DockerHost();
    const running = host.start(['run', '-i', '--rm', 'busybox'], { stdin: 'hello\n' });
    running.finish(10e9);
    expect(running.result()).toMatchObject({ exit: 0, out: 'hello\n' });
  });

  it('wants a terminal for -it', () => {
    expect(new DockerHost().run('run', '-it', 'busybox')).toMatchObject({
      exit: 1,
      err: 'the input device is not a TTY\n',
    });
  });

  it('with -it is a terminal of the same size, and gives back the one it was in', () => {
    const host = new DockerHost();
    expect(host.onTerminal('run', '-it', '--rm', 'busybox', 'size').screen).toBe('100x30\necho=true canonical=true');
  });

  it('with -it lets Ctrl+P Ctrl+Q leave the container alone', () => {
    const host = new DockerHost();
    const running = host.start(['run', '-it', '--name', 'shell', 'busybox'], { tty: true });
    host.pass(1);
    running.type('ab\r');
    host.pass(1);
    running.type('\x10\x11');
    host.pass(1);
    expect(running.result().exit).toBe(0);
    expect(host.ok('ps', '--format', '{{.Names}} {{.State}}')).toBe('shell running\n');
    const attached = host.start(['attach', 'shell'], { tty: true });
    host.pass(1);
    attached.type('q\r');
    host.pass(1);
    expect(attached.result().exit).toBe(5);
  });

  it('in the foreground passes Ctrl+C on, and ends as the process does', () => {
    const host = new DockerHost();
    const running = host.start(['run', '--rm', 'busybox', 'trap'], { tty: true });
    host.pass(1);
    running.type('\x03');
    host.pass(1);
    expect(running.result()).toMatchObject({ exit: 3, screen: 'ready\n^Cgot SIGINT' });
  });

  it('gives up on a process that ignores it at the third Ctrl+C', () => {
    const host = new DockerHost();
    const running = host.start(['run', 'busybox', 'sleep', '1000'], { tty: true });
    for (let i = 0; i < 3; i++) {
      host.pass(1);
      running.type('\x03');
    }
    host.pass(1);
    expect(running.result().exit).toBe(1);
    expect(running.result().screen).toContain('got 3 SIGTERM/SIGINTs, forcefully exiting');
  });
});

describe('the life of a container', () => {
  it('create, start, pause, stop, rename, remove', () => {
    const host = new DockerHost();
    expect(host.ok('create', '--name', 'box', 'busybox', 'sleep', '1000')).toMatch(ID);
    expect(host.ok('start', 'box')).toBe('box\n');
    expect(host.ok('pause', 'box')).toBe('box\n');
    expect(host.ok('ps', '--format', '{{.Status}}')).toBe('Up Less than a second (Paused)\n');
    expect(host.run('exec', 'box', 'echo')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: Container box is paused, unpause the container before exec\n',
    });
    expect(host.ok('unpause', 'box')).toBe('box\n');
    expect(host.ok('rename', 'box', 'crate')).toBe('');
    expect(host.run('rm', 'crate')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: cannot remove container "crate": container is running: stop the container before removing or force remove\n',
    });
    expect(host.ok('kill', 'crate')).toBe('crate\n');
    expect(host.ok('wait', 'crate')).toBe('137\n');
    expect(host.ok('rm', 'crate')).toBe('crate\n');
    expect(host.run('start', 'crate')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: No such container: crate\nError: failed to start containers: crate\n',
    });
    expect(host.run('rm', '-f', 'crate')).toMatchObject({
      exit: 0,
      err: 'Error response from daemon: No such container: crate\n',
    });
  });

  it('stop waits for all of its containers at once', () => {
    const host = new DockerHost();
    host.ok('run', '-d', '--name', 'one', 'busybox', 'sleep', '1000');
    host.ok('run', '-d', '--name', 'two', 'busybox', 'sleep', '1000');
    const before = host.machine.queue.now;
    expect(host.ok('stop', 'two', 'one')).toBe('two\none\n');
    expect((host.machine.queue.now - before) / 1e9).toBeGreaterThan(10);
    expect((host.machine.queue.now - before) / 1e9).toBeLessThan(11);
    expect(host.ok('ps', '-a', '--format', '{{.Status}}')).toBe(
      'Exited (137) Less than a second ago\nExited (137) Less than a second ago\n',
    );
  });

  it('exec runs another process, and ends as it did', () => {
    const host = new DockerHost();
    host.ok('run', '-d', '--name', 'dup', 'busybox', 'sleep', '1000');
    expect(host.run('exec', 'dup', 'both', '3')).toMatchObject({ exit: 3, out: 'out\n', err: 'err\n' });
    expect(host.run('exec', 'nosuch', 'true')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: No such container: nosuch\n',
    });
    const terminal = host.start(['exec', '-it', 'dup', 'cat'], { tty: true });
    host.pass(1);
    terminal.type('q\r');
    host.pass(1);
    expect(terminal.result()).toMatchObject({ exit: 5, screen: 'q\nq' });
  });

  it('logs come back on the streams they went to', () => {
    const host = new DockerHost();
    host.ok('run', '-d', '--name', 'tt', 'busybox', 'both', '0');
    host.pass(1);
    expect(host.run('logs', 'tt')).toMatchObject({ exit: 0, out: 'out\n', err: 'err\n' });
    expect(host.run('logs', '--tail', '0', 'tt')).toMatchObject({ out: '', err: '' });
    expect(host.run('logs', 'nosuch').err).toBe('Error response from daemon: No such container: nosuch\n');
  });

  it('logs -f ends at Ctrl+C with 130', () => {
    const host = new DockerHost();
    host.ok('run', '-d', '--name', 'tt', 'busybox', 'sleep', '1000');
    const running = host.start(['logs', '-f', 'tt'], { tty: true });
    host.pass(1);
    running.type('\x03');
    host.pass(1);
    expect(running.result().exit).toBe(130);
  });
});

describe('networks', () => {
  it('create, list, inspect, remove', () => {
    const host = new DockerHost();
    expect(host.ok('network', 'create', 'app')).toMatch(ID);
    expect(host.run('network', 'create', 'app')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: network with name app already exists\n',
    });
    expect(
      host
        .ok('network', 'ls')
        .split('\n')
        .map((line) => line.replace(/^[0-9a-f]{12}/, 'ID')),
    ).toEqual([
      'NETWORK ID     NAME      DRIVER    SCOPE',
      'ID   app       bridge    local',
      'ID   bridge    bridge    local',
      'ID   host      host      local',
      'ID   none      null      local',
      '',
    ]);
    expect(host.ok('network', 'inspect', '-f', '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}', 'app')).toBe(
      '172.18.0.0/16 172.18.0.1\n',
    );
    expect(host.run('network', 'rm', 'app', 'nosuch')).toMatchObject({
      exit: 1,
      out: 'app\n',
      err: 'Error response from daemon: network nosuch not found\nexit status 1\n',
    });
  });

  it.each([
    [['--subnet', '10.30.0.0/16', '--gateway', '10.31.0.1', 'x'], 'no matching subnet for gateway 10.31.0.1'],
    [['--gateway', '10.31.0.1', 'x'], 'every ip-range or gateway must have a corresponding subnet'],
    [
      ['--subnet', '10.1.0.0/16', '--subnet', '10.1.2.0/24', 'x'],
      'multiple overlapping subnet configuration is not supported',
    ],
  ])('refuses %j', (args, message) => {
    expect(new DockerHost().run('network', 'create', ...args)).toMatchObject({ exit: 1, err: `${message}\n` });
  });

  it('connect and disconnect', () => {
    const host = new DockerHost();
    host.ok('network', 'create', 'back');
    host.ok('run', '-d', '--name', 'web', 'busybox', 'sleep', '1000');
    expect(host.ok('network', 'connect', '--alias', 'w', 'back', 'web')).toBe('');
    expect(host.run('network', 'connect', 'back', 'web').err).toBe(
      'Error response from daemon: endpoint with name web already exists in network back\n',
    );
    const format = '{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}};{{end}}';
    expect(host.ok('inspect', '-f', format, 'web')).toBe('back 172.18.0.2;bridge 172.17.0.2;\n');
    expect(host.ok('network', 'disconnect', 'back', 'web')).toBe('');
    expect(host.ok('network', 'prune', '-f')).toBe('Deleted Networks:\nback\n\n');
  });
});

describe('inspect', () => {
  const host = new DockerHost();
  host.ok('run', '-d', '--name', 'web', '-p', '8080:80', 'busybox', 'sleep', '1000');

  it('goes through a template, or says what is wrong with it', () => {
    expect(host.ok('inspect', '-f', '{{.State.Status}} {{.HostConfig.NetworkMode}}', 'web')).toBe('running bridge\n');
    expect(host.ok('inspect', '-f', '{{json .HostConfig.PortBindings}}', 'web')).toBe(
      '{"80/tcp":[{"HostIp":"","HostPort":"8080"}]}\n',
    );
    expect(host.run('inspect', '-f', '{{.NoSuchField}}', 'web')).toMatchObject({
      exit: 1,
      out: '\n',
      err: 'template parsing error: template: :1:2: executing "" at <.NoSuchField>: map has no entry for key "NoSuchField"\n',
    });
    expect(host.run('inspect', '-f', '{{.Name', 'web')).toMatchObject({
      exit: 64,
      err: 'template parsing error: template: :1: unclosed action\n',
    });
  });

  it('knows nothing of what is not there', () => {
    expect(host.run('inspect', 'nosuch')).toMatchObject({
      exit: 1,
      out: '[]\n',
      err: 'Error: No such object: nosuch\n',
    });
    expect(host.run('network', 'inspect', '-f', '{{.Name}}', 'nosuch')).toMatchObject({
      exit: 1,
      out: '\n',
      err: 'Error response from daemon: network nosuch not found\n',
    });
  });

  it('docker port', () => {
    expect(host.ok('port', 'web')).toBe('80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n');
    expect(host.ok('port', 'web', '80')).toBe('0.0.0.0:8080\n[::]:8080\n');
    expect(host.run('port', 'web', '80/udp')).toMatchObject({
      exit: 1,
      err: "Error: No public port '80/udp' published for web\n",
    });
  });
});

describe('docker ps', () => {
  const host = new DockerHost();
  host.ok('run', '-d', '--name', 'one', '--label', 'env=dev', 'busybox', 'sleep', '1000');
  host.ok('run', '-d', '--name', 'two', 'busybox', 'sleep', '1000');
  host.ok('create', '--name', 'three', 'busybox', 'true');

  it('has a table of the fields that are asked for', () => {
    expect(host.ok('ps', '--filter', 'name=one', '--format', 'table {{.Names}}\\t{{.Image}}\\t{{.Command}}')).toBe(
      'NAMES     IMAGE     COMMAND\none       busybox   "sleep 1000"\n',
    );
  });

  it('lists the last created, by label, by state', () => {
    expect(host.ok('ps', '-l', '--format', '{{.Names}}')).toBe('three\n');
    expect(host.ok('ps', '-n', '2', '--format', '{{.Names}}')).toBe('three\ntwo\n');
    expect(host.ok('ps', '--filter', 'label=env=dev', '--format', '{{.Names}}')).toBe('one\n');
    expect(host.ok('ps', '-a', '--filter', 'status=created', '--format', '{{.Names}}')).toBe('three\n');
    expect(host.ok('ps', '-a', '--format', '{{json .Names}}')).toBe('"three"\n"two"\n"one"\n');
    expect(host.ok('container', 'ls', '--format', '{{.Names}} {{.Networks}}')).toBe('two bridge\none bridge\n');
  });

  it('refuses a filter and a field that it does not know', () => {
    expect(host.run('ps', '--filter', 'nosuch=1')).toMatchObject({
      exit: 1,
      err: "Error response from daemon: invalid filter 'nosuch'\n",
    });
    expect(host.run('ps', '--format', '{{.Nope}}')).toMatchObject({
      exit: 1,
      err: 'failed to execute template: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.ContainerContext\n',
    });
  });

  it('-q has ids alone', () => {
    expect(host.ok('ps', '-q')).toMatch(/^[0-9a-f]{12}\n[0-9a-f]{12}\n$/);
  });
});

describe('images, volumes, the whole system', () => {
  const host = new DockerHost();

  it('images', () => {
    expect(host.ok('images')).toMatch(
      /^REPOSITORY {3}TAG {7}IMAGE ID {7}CREATED {13}SIZE\nbusybox {6}latest {4}[0-9a-f]{12} {3}About an hour ago {3}1.18MB\n$/,
    );
    expect(host.ok('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).toBe('busybox:latest\n');
    expect(host.run('rmi', 'nosuch')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: No such image: nosuch:latest\n',
    });
    expect(host.run('pull', 'nosuch/image')).toMatchObject({ exit: 1, out: 'Using default tag: latest\n' });
  });

  it('volumes', () => {
    expect(host.ok('volume', 'create', 'data')).toBe('data\n');
    expect(host.ok('volume', 'ls')).toBe('DRIVER    VOLUME NAME\nlocal     data\n');
    expect(host.ok('volume', 'rm', 'data')).toBe('data\n');
    expect(host.run('volume', 'rm', 'data')).toMatchObject({
      exit: 1,
      err: 'Error response from daemon: get data: no such volume\n',
    });
  });

  it('version, info and system df', () => {
    expect(host.ok('version', '--format', '{{.Server.APIVersion}}')).toBe('1.51\n');
    expect(host.ok('--version')).toBe('Docker version 28.5.2, build ecc6942\n');
    expect(host.ok('info', '--format', '{{.Driver}}')).toBe('overlay2\n');
    expect(host.ok('system', 'df')).toMatch(/^TYPE {12}TOTAL {5}ACTIVE {4}SIZE {6}RECLAIMABLE\n/);
  });
});

describe('help and completion come from the declarations', () => {
  const host = new DockerHost();
  host.ok('run', '-d', '--name', 'one', 'busybox', 'sleep', '1000');

  it('help has usage, aliases and options', () => {
    const text = host.ok('ps', '--help');
    expect(
      text.startsWith(
        'Usage:  docker ps [OPTIONS]\n\nList containers\n\nAliases:\n  docker container ls, docker container list, docker container ps, docker ps\n\nOptions:\n  -a, --all',
      ),
    ).toBe(true);
    expect(host.ok('network', '--help')).toContain(
      "\n\nRun 'docker network COMMAND --help' for more information on a command.\n",
    );
    expect(host.ok('help', 'network', 'rm')).toContain('Usage:  docker network rm NETWORK [NETWORK...]');
  });

  it('completes commands, flags and names', () => {
    expect(host.ok('__complete', 'net')).toBe('network\n:4\n');
    expect(host.ok('__complete', 'network', 'c')).toBe('connect\ncreate\n:4\n');
    expect(host.ok('__complete', 'ps', '--no')).toBe('--no-trunc\n:4\n');
    expect(host.ok('__complete', 'stop', '')).toBe('one\n:4\n');
    expect(host.ok('__complete', 'network', 'connect', 'br')).toBe('bridge\n:4\n');
    expect(host.ok('__complete', 'stop', '-s', 'SIGT')).toBe('SIGTERM\n:4\n');
  });
});
