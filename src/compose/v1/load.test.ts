import { describe, expect, it } from 'vitest';
import { atOnce, MemoryWorld } from '../memory-world.ts';
import { containerBody } from './container-body.ts';
import { loadProject } from './load.ts';

/** What docker-compose makes of one file in /home/user/shop. */
function load(text: string, others: Readonly<Record<string, string>> = {}) {
  const files: Readonly<Record<string, string>> = { '/home/user/shop/docker-compose.yml': text, ...others };
  const world = new MemoryWorld({
    folder: '/home/user/shop',
    environment: new Map(),
    readFile: (path) => files[path] ?? null,
  });
  return atOnce(
    loadProject(world, { files: [], projectName: null, projectDirectory: null, envFile: null, profiles: [] }),
  );
}

/** The lines behind "is invalid because:". */
function objections(text: string): string {
  const loaded = load(text);
  return loaded.ok ? '' : loaded.error.replace(/^The Compose file '.\/docker-compose.yml' is invalid because:\n/, '');
}

const web = (keys: string) => `services: {web: {image: busybox, ${keys}}}`;

describe('docker-compose 1.29.2 refuses what Compose files got later', () => {
  it('a name of the project, with its advice about versions', () => {
    expect(objections(`name: shop\nmodels: {}\n${web('')}`)).toMatch(
      /^'models', 'name' do not match any of the regexes: '\^x-'\n\nYou might be seeing this error because .*\nFor more on the Compose file format versions, see https:/,
    );
    expect(load('version: "1"\nservices: {}')).toMatchObject({
      error: expect.stringMatching(/^Version in ".\/docker-compose.yml" is invalid\. You might/),
    });
  });

  it.each([
    ['annotations: {a: b}, attach: true', "Unsupported config option for services.web: 'annotations'"],
    ['port: ["80:80"]', "Unsupported config option for services.web: 'port' (did you mean 'ports'?)"],
    [
      'healthcheck: {start_interval: 1s}',
      "services.web.healthcheck value 'start_interval' does not match any of the regexes: '^x-'",
    ],
    [
      'deploy: {resources: {limits: {pids: 3}}}',
      "services.web.deploy.resources.limits value 'pids' does not match any of the regexes: '^x-'",
    ],
    ['networks: {n: {gw_priority: 1}}', "services.web.networks.n contains unsupported option: 'gw_priority'"],
    [
      'depends_on: {db: {condition: service_started, restart: true}}',
      "services.web.depends_on contains unsupported option: 'restart'",
    ],
    [
      'depends_on: {db: {condition: started}}',
      'services.web.depends_on.db.condition contains "started", which is an invalid type, it should be a service_started, service_healthy, or a service_completed_successfully',
    ],
    ['ports: [{target: 80, host_ip: 127.0.0.1}]', "services.web.ports contains unsupported option: 'host_ip'"],
    [
      'pull_policy: daily',
      "services.web.pull_policy value 'daily' is not one of ['always', 'never', 'if_not_present', 'build']",
    ],
  ])('%s', (keys, words) => {
    expect(objections(web(keys))).toBe(words);
  });
});

describe('docker-compose 1.29.2 says what is wrong with a value', () => {
  it.each([
    [
      'environment: {DEBUG: true}',
      'services.web.environment.DEBUG contains true, which is an invalid type, it should be a string, number, or a null',
    ],
    ['command: {a: b}', 'services.web.command contains an invalid type, it should be a string, or an array'],
    ['ulimits: {nofile: {soft: 1}}', "services.web.ulimits.nofile 'hard' is a required property"],
    ['ports: ["80:80", "80:80"]', "services.web.ports value ['80:80', '80:80'] has non-unique elements"],
    [
      'dns: [1.1.1.1, 1.1.1.1]',
      "services.web.dns contains non-unique items, please remove duplicates from ['1.1.1.1', '1.1.1.1']",
    ],
    ['oom_score_adj: 2000', 'services.web.oom_score_adj value 2000 is greater than the maximum of 1000'],
    [
      'volumes: ["data:/d"]',
      'Named volume "data:/d:rw" is used in service "web" but no declaration was found in the volumes section.',
    ],
    ['secrets: [pw]', 'Service "web" uses an undefined secret "pw" '],
  ])('%s', (keys, words) => {
    expect(objections(web(keys))).toBe(words);
  });

  it('all of it, sorted', () => {
    expect(objections(`${web('scale: x, image: [a]')}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0}]}}}`)).toBe(
      [
        'networks.n.ipam.config.subnet is invalid: should use the CIDR format',
        'services.web.image contains an invalid type, it should be a string',
        'services.web.scale contains an invalid type, it should be an integer',
      ].join('\n'),
    );
  });
});

it('hands on what a service asks of its machine, and its secrets; what is meant for a swarm is ignored, and said', () => {
  const loaded = load(
    `services:
  web:
    image: busybox
    configs: [c]
    secrets: [{source: pw, target: other}]
    ulimits: {nofile: 10}
    deploy:
      labels: [a=b]
      restart_policy: {condition: on-failure, max_attempts: 3, window: 1s}
      resources: {limits: {memory: 50M, cpus: "0.5"}}
secrets: {pw: {file: pw.txt}}
configs: {c: {file: pw.txt}}
`,
    { '/home/user/shop/pw.txt': 'hidden' },
  );
  if (!loaded.ok) throw new Error(loaded.error);
  const { project, warnings } = loaded.value;
  const [service] = project.services;
  if (!service) throw new Error('no service');
  expect(warnings).toEqual([
    "Some services (web) use the 'configs' key, which will be ignored. Compose does not support 'configs' configuration - use `docker stack deploy` to deploy to a swarm.",
    'The following deploy sub-keys are not supported and have been ignored: labels, restart_policy.window',
  ]);
  const context = {
    project,
    service,
    number: 1,
    oneOff: false,
    env: new Map<string, string>(),
    containerIdOf: () => null,
  };
  expect(containerBody(context)['HostConfig']).toMatchObject({
    Memory: 50 * 1024 * 1024,
    NanoCpus: 5e8,
    Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 10 }],
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    Mounts: [{ Type: 'bind', Source: '/home/user/shop/pw.txt', Target: '/run/secrets/other', ReadOnly: true }],
  });
});
