import { describe, expect, it } from 'vitest';
import { diagnose, type DiagnoseOptions } from './diagnose.ts';

/** Each message with the part of the text that it stands at. */
function said(text: string, options: Partial<DiagnoseOptions> = {}): readonly (readonly [string, string])[] {
  return diagnose(text, { fileName: '/home/user/a/compose.yaml', face: 'v2', ...options }).map(
    ({ from, to, message }) => [text.slice(from, to), message] as const,
  );
}

const service = (lines: string) => `services:\n  web:\n    image: busybox\n${lines}`;

describe('docker compose on a file', () => {
  it('has nothing to say of a good one', () => {
    expect(said(service('    ports: ["8080:80"]\n'))).toEqual([]);
  });

  it.each([
    ['prots: ["80:80"]', 'prots: ["80:80"]', "services.web additional properties 'prots' not allowed"],
    ['tty: [1]', 'tty: [1]', 'services.web.tty must be a boolean or string'],
    ['ports: 80', 'ports: 80', 'services.web.ports must be a array'],
    ['depends_on: {db: {}}', 'db: {}', "services.web.depends_on.db missing property 'condition'"],
    ['cgroup: other', 'cgroup: other', "services.web.cgroup value must be one of 'host', 'private'"],
    // Of a text and a bounded number neither fits; the first alternative speaks.
    ['oom_score_adj: 2000', 'oom_score_adj: 2000', 'services.web.oom_score_adj must be a string'],
  ])('%s: the grammar', (line, place, words) => {
    expect(said(service(`    ${line}\n`))).toEqual([[place, `validating /home/user/a/compose.yaml: ${words}`]]);
  });

  it.each([
    ['networks: [nowhere]', 'nowhere', 'service "web" refers to undefined network nowhere: invalid compose project'],
    ['depends_on: [db]', 'db', 'service "web" depends on undefined service "db": invalid compose project'],
    ['ports: ["80:eighty"]', '"80:eighty"', 'Invalid containerPort: eighty'],
    [
      'volumes: ["data:/d"]',
      'volumes: ["data:/d"]',
      'service "web" refers to undefined volume data: invalid compose project',
    ],
    [
      'user: ${WHO:?say who}',
      'user: ${WHO:?say who}',
      'error while interpolating services.web.user: required variable WHO is missing a value: say who',
    ],
    [
      'user: ${WHO',
      'user: ${WHO',
      'invalid interpolation format for services.web.user.\nYou may need to escape any $ with another $.\n${WHO',
    ],
  ])('%s: what the grammar does not see', (line, place, words) => {
    expect(said(service(`    ${line}\n`))).toEqual([[place, words]]);
  });

  it('warns of a variable without a value, and of `version`', () => {
    const text = 'version: "3"\nservices: {web: {image: "nginx:$TAG"}}\n';
    expect(said(text).map(([place]) => place)).toEqual(['$TAG', 'version: "3"']);
    expect(said(text, { environment: new Map([['TAG', 'alpine']]) }).map(([place]) => place)).toEqual(['version: "3"']);
  });

  it('reads the files that it names', () => {
    const text = 'services:\n  web:\n    extends: {file: base.yaml, service: common}\n';
    const files: Readonly<Record<string, string>> = {
      '/home/user/a/base.yaml': 'services:\n  common: {image: busybox, tty: 5}\n',
    };
    expect(said(text)).toEqual([
      ['extends: {file: base.yaml, service: common}', 'open /home/user/a/base.yaml: no such file or directory'],
    ]);
    expect(said(text, { readFile: (path) => files[path] ?? null })).toEqual([
      ['web', 'validating /home/user/a/compose.yaml: services.web.tty must be a boolean or string'],
    ]);
  });
});

describe('spans of time', () => {
  it('are taken for what they are only after all else', () => {
    expect(said(service('    stop_grace_period: soon\n'))).toEqual([
      [
        'stop_grace_period: soon',
        `decoding failed due to the following error(s):\n\n'services[web].stop_grace_period' time: invalid duration "soon"`,
      ],
    ]);
    expect(said(service('    stop_grace_period: 1m30s\n'))).toEqual([]);
  });
});

describe('docker-compose on a file', () => {
  it('tells all that does not fit the grammar, each at its place', () => {
    expect(said(service('    prots: []\n    tty: 5\n'), { face: 'v1' })).toEqual([
      ['prots: []', "Unsupported config option for services.web: 'prots'"],
      ['tty: 5', 'services.web.tty contains an invalid type, it should be a boolean'],
    ]);
  });

  it('tells names that lead nowhere', () => {
    expect(said(service('    networks: [nowhere]\n'), { face: 'v1' })).toEqual([
      ['nowhere', 'Service "web" uses an undefined network "nowhere"'],
    ]);
  });

  it('reads y as a text, as PyYAML does', () => {
    expect(said('services: {web: {image: y, hostname: n}}\n', { face: 'v1' })).toEqual([]);
  });
});
