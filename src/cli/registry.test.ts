import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flag } from './command/flag.ts';
import { DockerHost } from './docker-host.fixture.ts';
import { declaredCommands, DOCKER } from './registry.ts';
import { parse } from './template/template.ts';

const ALL = declaredCommands();

/** Arguments with which a command finds something to do. */
function argumentsOf(path: string): readonly string[] {
  const verb = path.replace(/^docker (container |image |network |volume |system )?/, '');
  if (path.startsWith('docker network ')) {
    if (verb === 'create') return ['fresh'];
    return ['connect', 'disconnect'].includes(verb) ? ['net', 'web'] : ['inspect', 'rm'].includes(verb) ? ['net'] : [];
  }
  if (path.startsWith('docker volume ')) return ['create', 'inspect', 'rm'].includes(verb) ? ['data'] : [];
  if (['run', 'create'].includes(verb)) return ['busybox', 'echo', 'x'];
  if (
    [
      'images',
      'ls',
      'stack ls',
      'service ls',
      'node ls',
      'secret ls',
      'config ls',
      'context ls',
      'context show',
      'plugin ls',
      'ps',
      'prune',
      'df',
      'events',
      'info',
      'version',
    ].includes(verb)
  )
    return [];
  if (verb.startsWith('context ')) return ['default'];
  if (verb === 'exec') return ['web', 'echo', 'x'];
  if (verb === 'cp') return ['web:/etc/hosts', '-'];
  if (verb === 'rename' || verb === 'tag') return ['web', 'other'];
  return [path.includes(' image ') || ['rmi', 'pull', 'history'].includes(verb) ? 'busybox' : 'web'];
}

const SAMPLES: Readonly<Record<string, string>> = {
  string: 'x',
  list: 'a=1',
  map: 'a=1',
  strings: 'a=1',
  int: '1',
  uint16: '10',
  decimal: '0.5',
  duration: '1s',
  bytes: '64m',
  filter: 'label=a',
  network: 'net',
  mount: 'type=volume,source=data,target=/d',
  ulimit: 'nofile=1:2',
};
const SPECIAL: Readonly<Record<string, string>> = {
  attach: 'stdout',
  'add-host': 'a:1.2.3.4',
  dns: '1.1.1.1',
  expose: '80',
  'dns-search': 'lab.local',
  'env-file': 'app.env',
  'label-file': 'app.env',
  gateway: '10.77.0.1',
  ip: '172.18.0.77',
  ip6: 'fd00::9',
  link: 'web:alias',
  'link-local-ip': '169.254.1.1',
  'mac-address': '02:42:ac:11:00:99',
  publish: '8080:80',
  restart: 'on-failure:1',
  subnet: '10.77.0.0/16',
  sysctl: 'net.ipv4.ip_forward=1',
  tail: '1',
  since: '1m',
  until: '0s',
  pull: 'never',
  signal: 'TERM',
  'stop-signal': 'TERM',
  format: '{{.}}',
  type: 'container',
  'detach-keys': 'ctrl-x',
  volume: 'data:/d',
  tmpfs: '/t',
};

function sample(name: string, flag: Flag<unknown>): string {
  return flag.type === '' ? `--${name}` : `--${name}=${SPECIAL[name] ?? SAMPLES[flag.type] ?? 'x'}`;
}

describe('every declared command', () => {
  it.each(ALL.map((entry) => [entry.path, entry] as const))('%s has help of its own', (path, { command }) => {
    const host = new DockerHost({ engine: false });
    const { exit, out } = host.run(...path.split(' ').slice(1), '--help');
    expect(exit).toBe(0);
    expect(out.startsWith(`Usage:  ${path}`)).toBe(true);
    expect(out).toContain(command.short);
    for (const [name, flag] of Object.entries(command.flags))
      if (flag.hidden !== true && flag.deprecated === undefined) expect(out).toContain(`--${name}`);
  });

  it('gives each letter to one flag', () => {
    for (const { path, command } of ALL) {
      const letters = Object.values(command.flags).flatMap((flag) => flag.short ?? []);
      expect(new Set(letters).size, path).toBe(letters.length);
    }
  });

  it('is called by one word at each place', () => {
    for (const group of [DOCKER, ...DOCKER.commands]) {
      const words = group.commands.flatMap((each) => [each.name, ...each.aliases]);
      expect(new Set(words).size, group.name).toBe(words.length);
    }
  });
});

describe('every declared flag runs', () => {
  const flags = ALL.flatMap(({ path, command }) =>
    Object.entries(command.flags).map(([name, flag]) => [`${path} ${sample(name, flag)}`, path] as const),
  );
  // One host for all of a command's flags; nothing may throw, and no flag may be refused as unknown.
  const commands = [...new Set(flags.map(([, path]) => path))];
  it.each(commands)('%s', (path) => {
    for (const [line, of] of flags) {
      if (of !== path) continue;
      const host = new DockerHost();
      host.ok('network', 'create', 'net');
      host.ok('run', '-d', '--name', 'web', 'busybox', 'sleep', '1000');
      const running = host.start([...line.split(' ').slice(1), ...argumentsOf(path)], {
        cwd: '/home/user',
        stdin: 'n\n',
      });
      host.pass(30);
      const { err } = running.result();
      expect(err, line).not.toMatch(/unknown (shorthand )?flag|invalid argument|Usage:/);
    }
  });
});

describe('templates', () => {
  it('whatever is typed, parsing says what is wrong and never throws', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '.',
      'A',
      '$x',
      ' ',
      '|',
      '(',
      ')',
      '"',
      'range',
      'if',
      'end',
      'else',
      '-',
      ':=',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const parsed = parse(words.join(''));
        if (!parsed.ok) expect(parsed.error).toMatch(/^template: :1: /);
      }),
    );
  });
});
