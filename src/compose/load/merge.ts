import { asData, asList, asPairs, type Data } from '../model/normalise.ts';

const BY_KEY = new Set(['environment', 'labels', 'sysctls', 'annotations']);
const REPLACED = new Set(['command', 'entrypoint', 'healthcheck']);
/** Lists whose entries are told apart by where they point. */
const BY_TARGET = new Set(['volumes', 'devices']);

/** One compose file over another, as `-f a.yml -f b.yml` and docker-compose.override.yml do: later wins, lists grow. */
export function mergeFiles(base: Data, over: Data): Data {
  const merged: Record<string, unknown> = { ...base, ...over };
  for (const section of ['services', 'networks', 'volumes', 'secrets', 'configs']) {
    if (base[section] === undefined || over[section] === undefined) continue;
    const ours = asData(base[section]);
    const theirs: Record<string, unknown> = { ...ours };
    for (const [name, data] of Object.entries(asData(over[section]))) {
      theirs[name] =
        section === 'services'
          ? mergeServices(asData(ours[name]), asData(data))
          : { ...asData(ours[name]), ...asData(data) };
    }
    merged[section] = theirs;
  }
  return merged;
}

/** One service's data over another's, as files and `extends` do. */
export function mergeServices(base: Data, over: Data): Data {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = base[key];
    if (old === undefined || old === null || REPLACED.has(key)) merged[key] = value;
    else if (BY_KEY.has(key)) merged[key] = Object.fromEntries([...asPairs(old), ...asPairs(value)]);
    else if (key === 'networks' || key === 'depends_on') merged[key] = mergeNamed(old, value, key);
    else if (BY_TARGET.has(key)) merged[key] = mergeByTarget(asList(old), asList(value));
    else if (Array.isArray(old) || Array.isArray(value)) merged[key] = unique([...asList(old), ...asList(value)]);
    else if (typeof old === 'object' && typeof value === 'object' && value !== null)
      merged[key] = { ...asData(old), ...asData(value) };
    else merged[key] = value;
  }
  return merged;
}

function mergeNamed(old: unknown, value: unknown, key: string): unknown {
  if (Array.isArray(old) && Array.isArray(value)) return unique([...old, ...value]);
  const alone = key === 'depends_on' ? { condition: 'service_started' } : null;
  const named = (each: unknown) =>
    Array.isArray(each) ? Object.fromEntries(each.map((name) => [String(name), alone])) : asData(each);
  return { ...named(old), ...named(value) };
}

function mergeByTarget(old: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const target = (each: unknown) =>
    typeof each === 'string' ? (each.split(':')[1] ?? each) : String(asData(each)['target']);
  return [...new Map([...old, ...added].map((each) => [target(each), each])).values()];
}

function unique(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
