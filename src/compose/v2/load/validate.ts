import { type Problem, problemAt } from '../problem.ts';
import { isIpAddress } from './ip-address.ts';
import { isTree, type Tree } from './tree.ts';

/** Things that the grammar can't see, of single values (compose-go validation/). null when all is well. */
export function validate(tree: Tree): Problem | null {
  return (
    firstOf(tree['services'], (service, name) => ports(service, name) ?? watches(service, name)) ??
    firstOf(tree['volumes'], volume) ??
    firstOf(tree['configs'], fileObject('configs', ['file', 'environment', 'content'])) ??
    firstOf(tree['secrets'], fileObject('secrets', ['file', 'environment']))
  );
}

function firstOf(section: unknown, look: (value: Tree, name: string) => Problem | null): Problem | null {
  if (!isTree(section)) return null;
  for (const [name, value] of Object.entries(section)) {
    const found = isTree(value) ? look(value, name) : null;
    if (found) return found;
  }
  return null;
}

function ports(service: Tree, name: string): Problem | null {
  const { ports: list } = service;
  if (!Array.isArray(list)) return null;
  for (const [i, port] of list.entries()) {
    const address: unknown = isTree(port) ? port['host_ip'] : undefined;
    if (typeof address === 'string' && !isIpAddress(address))
      return problemAt(['services', name, 'ports', i], `services.${name}.ports.[]: invalid ip address: ${address}`);
  }
  return null;
}

function watches(service: Tree, name: string): Problem | null {
  const { develop } = service;
  const list = isTree(develop) ? develop['watch'] : undefined;
  if (!Array.isArray(list)) return null;
  const i = list.findIndex((each) => isTree(each) && each['path'] === '');
  if (i < 0) return null;
  const path = ['services', name, 'develop', 'watch', i, 'path'];
  return problemAt(path, `services.${name}.develop.watch.[].path: value can't be blank`);
}

function volume(value: Tree, name: string): Problem | null {
  if (value['external'] !== true) return null;
  const other = Object.keys(value).find((key) => key !== 'name' && key !== 'external' && !key.startsWith('x-'));
  if (other === undefined) return null;
  const words = `volumes.${name}: conflicting parameters "external" and ${JSON.stringify(other)} specified`;
  return problemAt(['volumes', name, other], words);
}

function fileObject(section: string, keys: readonly string[]) {
  return (value: Tree, name: string): Problem | null => {
    const given = keys.filter((key) => Object.hasOwn(value, key));
    const path = [section, name];
    if (given.length > 1)
      return problemAt(path, `${section}.${name}: ${keys.join('|')} attributes are mutually exclusive`);
    if (given.length === 0 && !Object.hasOwn(value, 'driver') && !Object.hasOwn(value, 'external'))
      return problemAt(path, `${section}.${name}: one of ${keys.join('|')} must be set`);
    return null;
  };
}
