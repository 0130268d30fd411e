import { asStrings } from '../../model/normalise.ts';
import { mapValues } from './defaults.ts';
import { isTree, type Tree } from './tree.ts';
import { cleanTarget } from './volume-spec.ts';

/** What a file implies, said outright (compose-go loader/normalize.go). */
export function normalise(tree: Tree, projectName: string, variables: ReadonlyMap<string, string>): Tree {
  const { services } = tree;
  const list = isTree(services) ? mapValues(services, (each) => normaliseService(each, variables)) : undefined;
  const usesDefault =
    list !== undefined &&
    Object.values(list).some(
      (each) => isTree(each) && isTree(each['networks']) && Object.hasOwn(each['networks'], 'default'),
    );
  const networks: Tree = {
    ...(isTree(tree['networks']) ? tree['networks'] : {}),
    ...(usesDefault && !(isTree(tree['networks']) && Object.hasOwn(tree['networks'], 'default')) && { default: null }),
  };
  const whole: Record<string, unknown> = {
    ...tree,
    name: projectName,
    ...(list && { services: list }),
    ...(Object.keys(networks).length > 0 && { networks }),
  };
  for (const section of ['networks', 'volumes', 'configs', 'secrets']) {
    const resources = whole[section];
    if (isTree(resources)) whole[section] = mapValues(resources, (each, key) => named(each, key, projectName));
  }
  return whole;
}

/** A resource without a name is called after its key. */
function named(value: unknown, key: string, projectName: string): Tree {
  const resource = isTree(value) ? value : {};
  if (resource['name'] !== undefined && resource['name'] !== null) return resource;
  return { ...resource, name: resource['external'] === true ? key : `${projectName}_${key}` };
}

function normaliseService(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (!isTree(value)) return value;
  const service: Record<string, unknown> = { ...value };
  const { networks, environment, volumes } = service;
  if (service['provider'] === undefined && service['network_mode'] === undefined) {
    const given = isTree(networks) && Object.keys(networks).length > 0;
    if (!given) service['networks'] = { default: null };
  }
  if (service['pull_policy'] === 'if_not_present') service['pull_policy'] = 'missing';
  if (environment !== undefined) service['environment'] = resolved(environment, variables);
  if (Array.isArray(volumes))
    service['volumes'] = volumes.map((each) =>
      isTree(each) ? { ...each, target: cleanTarget(String(each['target'] ?? '')) } : each,
    );
  const needs = { ...(isTree(service['depends_on']) ? service['depends_on'] : {}), ...impliedNeeds(service) };
  if (Object.keys(needs).length > 0) service['depends_on'] = needs;
  return service;
}

/** A variable that is only named has the value that it has outside. */
function resolved(environment: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(environment))
    return environment.map((each) => {
      const name = String(each);
      const value = name.includes('=') ? undefined : variables.get(name);
      return value === undefined ? name : `${name}=${value}`;
    });
  if (!isTree(environment)) return environment;
  return mapValues(environment, (value, key) => value ?? variables.get(key) ?? null);
}

/** Services that links, shared namespaces and `volumes_from` need, where `depends_on` doesn't say so itself. */
function impliedNeeds(service: Tree): Tree {
  const stated = isTree(service['depends_on']) ? service['depends_on'] : {};
  const needs: Record<string, unknown> = {};
  const need = (name: string, restart: boolean) => {
    if (Object.hasOwn(stated, name) || Object.hasOwn(needs, name)) return;
    needs[name] = { condition: 'service_started', restart, required: true };
  };
  for (const link of asStrings(service['links'])) need(link.split(':')[0] as string, true);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const mode = service[key];
    if (typeof mode === 'string' && mode.startsWith('service:')) need(mode.slice('service:'.length), true);
  }
  for (const from of asStrings(service['volumes_from']))
    if (!from.startsWith('container:')) need(from.split(':')[0] as string, false);
  return needs;
}
