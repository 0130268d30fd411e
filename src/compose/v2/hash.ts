import { sha256 } from '../../base/sha256.ts';
import type { Service } from '../model/project.ts';

/** What a changed file changes: containers, networks and volumes are made anew when this differs from their label. */

const NOT_HASHED = ['build', 'pull_policy', 'scale', 'depends_on', 'profiles'];

export function serviceHash({ source, environment }: Service): string {
  const { deploy, ...rest } = Object.fromEntries(Object.entries(source).filter(([key]) => !NOT_HASHED.includes(key)));
  const { replicas: _, ...deployed } = (deploy ?? {}) as Record<string, unknown>;
  const hashed = {
    ...rest,
    environment: Object.fromEntries(environment),
    env_file: undefined,
    ...(deploy ? { deploy: deployed } : {}),
  };
  return hashOf(hashed);
}

export function hashOf(data: unknown): string {
  return sha256(JSON.stringify(data, sortedKeys));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
