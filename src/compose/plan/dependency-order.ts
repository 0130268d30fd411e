import { err, ok, type Result } from '../../base/result.ts';
import type { Service } from '../model/project.ts';

/** All services that one needs running before it starts: `depends_on`, `links`, `volumes_from`, `network_mode: service:x`. */
export function needsOf(service: Service): readonly string[] {
  const modes = [service.networkMode, service.pid, service.ipc].flatMap((mode) =>
    mode?.startsWith('service:') ? [mode.slice(8)] : [],
  );
  return [
    ...new Set([
      ...service.dependsOn.map((each) => each.service),
      ...service.links.map((each) => each.service),
      ...modes,
    ]),
  ];
}

/** Services so that each comes after what it needs, otherwise in the order of the file; two names of a circle where there is one. */
export function dependencyOrder(
  services: readonly Service[],
): Result<readonly Service[], { readonly circle: readonly [string, string] }> {
  const byName = new Map(services.map((service) => [service.name, service]));
  const placed = new Set<string>();
  const order: Service[] = [];
  const place = (service: Service, path: readonly string[]): readonly [string, string] | null => {
    if (placed.has(service.name)) return null;
    if (path.includes(service.name)) return [path.at(-1) as string, service.name];
    for (const name of needsOf(service)) {
      const needed = byName.get(name);
      const circle = needed && place(needed, [...path, service.name]);
      if (circle) return circle;
    }
    placed.add(service.name);
    order.push(service);
    return null;
  };
  for (const service of services) {
    const circle = place(service, []);
    if (circle) return err({ circle: [circle[1], circle[0]] });
  }
  return ok(order);
}

/** The named services and everything they need, in dependency order. */
export function withNeeds(order: readonly Service[], names: readonly string[]): readonly Service[] {
  const wanted = new Set<string>();
  const want = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    const service = order.find((each) => each.name === name);
    if (service) needsOf(service).forEach(want);
  };
  names.forEach(want);
  return order.filter((service) => wanted.has(service.name));
}
