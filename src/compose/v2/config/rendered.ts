import { readDuration } from '../../load/duration.ts';
import { asLabels, asList, asPairs, asStrings } from '../../model/normalise.ts';
import type { Service } from '../../model/project.ts';
import { splitCommand } from '../../model/split-command.ts';
import type { Path } from '../../schema/shape.ts';
import { isTree, matches, pattern, type Pattern, type Tree } from '../load/tree.ts';
import type { ComposeProject } from '../project.ts';
import { KEY_ORDERS } from './key-order.ts';

/** What `docker compose config` shows: the whole project in long forms, keys in order, empty things left out. */
export function rendered(project: ComposeProject): Tree {
  const pick = (section: string, keys: readonly string[]) => {
    const all = project.source[section];
    if (!isTree(all)) return {};
    const kept = Object.entries(all).filter(([key]) => keys.includes(key));
    return kept.length > 0 ? { [section]: Object.fromEntries(kept) } : {};
  };
  const used = (section: string) => [
    ...new Set(
      project.services.flatMap((service) =>
        asList(service.source[section]).map((each) => (isTree(each) ? String(each['source']) : '')),
      ),
    ),
  ];
  const extensions = Object.entries(project.source).filter(([key]) => key.startsWith('x-'));
  const tree = {
    name: project.name,
    services: Object.fromEntries(project.services.map((service) => [service.name, renderedService(service)])),
    ...pick(
      'networks',
      project.networks.map((each) => each.key),
    ),
    ...pick(
      'volumes',
      project.volumes.map((each) => each.key),
    ),
    ...pick('configs', used('configs')),
    ...pick('secrets', used('secrets')),
    ...Object.fromEntries(extensions),
  };
  return ordered(tree, []) as Tree;
}

function renderedService(service: Service): Tree {
  const { env_file: _, ...source } = service.source;
  const command = (value: unknown) => (typeof value === 'string' ? (splitCommand(value) ?? [value]) : value);
  return {
    ...source,
    ...(source['command'] !== undefined && { command: command(source['command']) }),
    ...(source['entrypoint'] !== undefined && { entrypoint: command(source['entrypoint']) }),
    ...(service.environment.size > 0 && { environment: Object.fromEntries(service.environment) }),
    ...(source['labels'] !== undefined && { labels: Object.fromEntries(service.labels) }),
    ...(service.dependsOn.length > 0 ? { depends_on: dependencies(service) } : { depends_on: undefined }),
    ...(source['healthcheck'] !== undefined && { healthcheck: healthcheck(source['healthcheck']) }),
    ...(source['stop_grace_period'] !== undefined && { stop_grace_period: goDuration(source['stop_grace_period']) }),
    ...(source['extra_hosts'] !== undefined && { extra_hosts: extraHosts(service) }),
    ...(source['expose'] !== undefined && { expose: asStrings(source['expose']) }),
    ...(source['sysctls'] !== undefined && { sysctls: Object.fromEntries(asLabels(source['sysctls'])) }),
    ...(source['annotations'] !== undefined && { annotations: Object.fromEntries(asPairs(source['annotations'])) }),
    ...(source['tmpfs'] !== undefined && { tmpfs: asStrings(source['tmpfs']) }),
    ...(source['dns_search'] !== undefined && { dns_search: asStrings(source['dns_search']) }),
  };
}

function dependencies({ dependsOn }: Service): Tree {
  return Object.fromEntries(
    dependsOn.map(({ service, condition, restart, required }) => [
      service,
      { condition, ...(restart && { restart }), required },
    ]),
  );
}

function healthcheck(value: unknown): unknown {
  if (!isTree(value)) return value;
  const { test } = value;
  const durations = ['timeout', 'interval', 'start_period', 'start_interval'].flatMap((key) =>
    value[key] === undefined ? [] : [[key, goDuration(value[key])] as const],
  );
  return {
    ...value,
    ...(typeof test === 'string' && { test: ['CMD-SHELL', test] }),
    ...Object.fromEntries(durations),
  };
}

function extraHosts({ extraHosts: hosts }: Service): readonly string[] {
  return hosts.map((host) => host.replace(':', '=')).toSorted();
}

/** Go's text of a duration: `1m30s`, `500ms`. */
function goDuration(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const total = readDuration(value);
  if (total === undefined) return value;
  if (total === 0) return '0s';
  if (total < 1e3) return `${total}ns`;
  if (total < 1e6) return `${total / 1e3}µs`;
  if (total < 1e9) return `${total / 1e6}ms`;
  const seconds = total / 1e9;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${Number((seconds % 60).toFixed(9))}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

const ORDERS: readonly (readonly [Pattern, readonly string[]])[] = Object.entries(KEY_ORDERS).map(([place, keys]) => [
  place === '' ? [] : pattern(place),
  keys,
]);
/** Places whose values are kept even when nothing is in them. */
const KEPT_EMPTY: readonly Pattern[] = [
  'services.*.networks.*',
  'services.*.command',
  'services.*.entrypoint',
  'services.*.environment.*',
  'services.*.volumes.[].volume',
  'services.*.volumes.[].bind',
  'services',
].map(pattern);

function ordered(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((each, i) => ordered(each, [...path, i]));
  if (!isTree(value)) return value;
  const order = ORDERS.find(([place]) => matches(path, place))?.[1];
  const rank = (key: string) => {
    const at = order?.indexOf(key) ?? -1;
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  const keys = Object.keys(value).toSorted((a, b) => byRank(rank(a), rank(b)) || (a < b ? -1 : 1));
  const entries = keys
    .map((key) => [key, ordered(value[key], [...path, key])] as const)
    .filter(([key, each]) => each !== undefined && (!isEmpty(each) || keptEmpty([...path, key])));
  return Object.fromEntries(entries);
}

const keptEmpty = (path: Path) => KEPT_EMPTY.some((place) => matches(path, place));

function isEmpty(value: unknown): boolean {
  if (value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isTree(value) && Object.keys(value).length === 0;
}

const byRank = (a: number, b: number) => (a === b ? 0 : a - b);
