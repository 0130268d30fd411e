import { describe, expect, it } from 'vitest';
import { wholeLab } from '../src/lab/whole.ts';

/** What a command of a fresh host prints, with a compose file in its folder, and how many seconds it took. */
function run(file: string, command: string): { readonly said: string; readonly seconds: number } {
  const lab = wholeLab({ seed: 1 });
  lab.advance(1e9);
  lab.writeFile(`${lab.home}/docker-compose.yml`, file);
  const start = lab.now;
  const running = lab.spawnShell({ machine: 'host', command: `(${command}) 2>&1; echo "[$?]"`, cwd: lab.home });
  while (!running.ended() && lab.now < start + 100e9) lab.advance(100e6);
  return { said: running.output().replaceAll('\r', ''), seconds: (lab.now - start) / 1e9 };
}

const services = (condition: string, db: string) => `services:
  web: { image: busybox, command: sleep 1000, depends_on: { db: { condition: ${condition} } } }
  db: { image: busybox, ${db} }
`;

describe('docker-compose up waits', () => {
  it('until what a service depends on is healthy', () => {
    const file = services('service_healthy', 'command: sleep 1000, healthcheck: { test: "true", interval: 5s }');
    const { said, seconds } = run(file, 'docker-compose up -d && docker-compose ps');
    expect(said).toMatch(
      /Creating user_db_1 +\.\.\. done\nCreating user_web_1 \.\.\. \nCreating user_web_1 \.\.\. done\n/,
    );
    expect(said).toContain('Up (healthy)');
    expect(seconds).toBeGreaterThan(5);
  });

  it.each([
    [
      'service_healthy',
      'command: sleep 1000, healthcheck: { test: "exit 1", interval: 1s, retries: 2 }',
      /Container "\w{12}" is unhealthy\./,
    ],
    ['service_healthy', 'command: sleep 1000', /Service "db" is missing a healthcheck configuration/],
    ['service_completed_successfully', 'command: sh -c "exit 3"', /Container "\w{12}" exited with code 3\./],
  ])('for %s in vain', (condition, db, message) => {
    const { said } = run(services(condition, db), 'docker-compose up -d');
    expect(said).toMatch(new RegExp(`\n\nERROR: for web  ${message.source}\n`));
    expect(said).toContain('ERROR: Encountered errors while bringing up the project.\n[1]');
    expect(said).not.toContain('user_web_1');
  });

  it('until what has to be over is over', () => {
    const { said, seconds } = run(
      services('service_completed_successfully', 'command: sleep 4'),
      'docker-compose up -d',
    );
    expect(said).toContain('Creating user_web_1 ... done');
    expect(seconds).toBeGreaterThan(4);
  });
});
