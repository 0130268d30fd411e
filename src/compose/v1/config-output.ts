import { stringify } from 'yaml';
import { readPortSpec } from '../load/port-spec.ts';
import { asData, asList } from '../model/normalise.ts';
import type { Project } from '../model/project.ts';

/** What `docker-compose config` prints: the merged and interpolated file, keys in order (compose/config/serialize.py). */
export function sortedConfig(project: Project): string {
  const services = Object.fromEntries(
    Object.entries(asData(project.source['services'])).map(([name, raw]) => {
      const service = asData(raw);
      return [
        name,
        { ...service, ...(service['ports'] !== undefined && { ports: asList(service['ports']).flatMap(portOf) }) },
      ];
    }),
  );
  const data = sortKeys({ ...project.source, services }) as Record<string, unknown>;
  // PyYAML quotes what would read as a number and leaves lists unindented.
  return stringify(data, { version: '1.1', singleQuote: true, indentSeq: false, lineWidth: 80 });
}

/** Short forms become mappings, but for those with a host address, which stay texts as in the original. */
function portOf(value: unknown): readonly unknown[] {
  if (typeof value === 'object') return [value];
  const specs = readPortSpec(String(value));
  if (!specs.ok) return [value];
  return specs.value.map(({ hostIp, published, target, protocol }) =>
    hostIp === ''
      ? {
          ...(published !== '' && { published: Number.isNaN(Number(published)) ? published : Number(published) }),
          target,
          ...(protocol !== 'tcp' && { protocol }),
        }
      : `${hostIp}:${published}:${target}/${protocol}`,
  );
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sortKeys(each)]),
  );
}
