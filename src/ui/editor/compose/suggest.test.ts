import { describe, expect, it } from 'vitest';
import { COMPOSE_FILE, type Key, keyAt } from './keys.ts';
import { suggest } from './suggest.ts';

function labels(marked: string): string[] {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const { suggestions } = suggest(marked.replace('|', ''), before.length - 1, (before.at(-1) as string).length, 'en');
  return suggestions.map(({ label }) => label);
}

const FILE =
  'services:\n  server:\n    image: busybox\n  client:\n    image: busybox\nnetworks:\n  app_net:\n    driver: bridge\n';

describe('suggestions in a compose file', () => {
  it('are the sections at the top, without those that are there', () => {
    expect(labels('|')).toEqual(expect.arrayContaining(['services', 'networks', 'version']));
    expect(labels('services:\n  a:\n    image: x\n|')).not.toContain('services');
  });

  it('are the keys of a service, without those that it has', () => {
    const offered = labels('services:\n  web:\n    image: busybox\n    |\n    tty: true');
    expect(offered).toEqual(expect.arrayContaining(['ports', 'networks', 'network_mode']));
    expect(offered).not.toContain('image');
    expect(offered).not.toContain('tty');
  });

  it('are the images that there are', () => {
    expect(labels('services:\n  web:\n    image: |')).toEqual(['busybox', 'nginx:alpine']);
  });

  it('are the names that the file defines', () => {
    expect(labels(FILE.replace('  client:\n', '  client:\n    depends_on:\n      - |\n'))).toEqual([
      'server',
      'client',
    ]);
    expect(labels(FILE.replace('  client:\n', '  client:\n    networks:\n      - |\n'))).toEqual([
      'default',
      'app_net',
    ]);
    expect(labels(FILE.replace('  client:\n', '  client:\n    networks:\n      |\n'))).toEqual(['default', 'app_net']);
  });

  it('are the keys of an attachment, and of an address range', () => {
    expect(labels('services:\n  a:\n    networks:\n      app_net:\n        |')).toContain('ipv4_address');
    expect(labels('networks:\n  app_net:\n    ipam:\n      config:\n        - |')).toContain('subnet');
  });

  it('write a list with its first dash, and a map with its indentation', () => {
    const { suggestions } = suggest('services:\n  web:\n    ', 2, 4, 'ja');
    expect(suggestions.find(({ label }) => label === 'ports')?.insert).toBe('ports:\n  - $0');
    expect(suggestions.find(({ label }) => label === 'healthcheck')?.insert).toBe('healthcheck:\n  $0');
    expect(suggestions.find(({ label }) => label === 'image')?.insert).toBe('image: $0');
  });

  it('are none where the editor knows nothing', () => {
    expect(labels('nonsense:\n  a:\n    |')).toEqual([]);
  });
});

describe('what the editor knows of keys', () => {
  it('is found by a path', () => {
    expect(keyAt(['services', 'anything', 'ports'])?.takes).toBe('list');
    expect(keyAt(['services', 'a', 'ports', '-', 'target'])?.takes).toBe('value');
    expect(keyAt(['services', 'a', 'toString'])).toBeUndefined();
    expect(keyAt(['networks', 'n', 'ipam', 'config', '-', 'subnet'])?.values).toContain('10.10.0.0/24');
  });

  it('is said in both languages', () => {
    const visit = (keys: Readonly<Record<string, Key>>) => {
      for (const [name, key] of Object.entries(keys)) {
        expect(key.meaning.en, name).toMatch(/[.`]$/);
        expect(key.meaning.ja, name).toMatch(/[ぁ-んァ-ン一-龠]/);
        visit({ ...key.keys, ...key.items, ...(key.each && { each: key.each }) });
      }
    };
    visit(COMPOSE_FILE);
  });
});
