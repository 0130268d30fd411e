import { isTree, type Tree } from './tree.ts';

/** What is said where nothing is said (compose-go transform/defaults.go). */
export function withDefaults(tree: Tree): Tree {
  const { services } = tree;
  if (!isTree(services)) return tree;
  return {
    ...tree,
    services: mapValues(services, (service) => (isTree(service) ? serviceDefaults(service) : service)),
  };
}

function serviceDefaults(service: Tree): Tree {
  const { ports, secrets, build } = service;
  return {
    ...service,
    ...(Array.isArray(ports) && {
      ports: ports.map((port) => (isTree(port) ? { mode: 'ingress', protocol: 'tcp', ...port } : port)),
    }),
    ...(Array.isArray(secrets) && {
      secrets: secrets.map((secret) =>
        isTree(secret) ? { target: `/run/secrets/${String(secret['source'])}`, ...secret } : secret,
      ),
    }),
    ...(isTree(build) && { build: { context: '.', ...build } }),
  };
}

export function mapValues(tree: Tree, change: (value: unknown, key: string) => unknown): Tree {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, change(value, key)]));
}
