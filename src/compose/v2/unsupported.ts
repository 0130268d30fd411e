import { asData, asList, asText } from '../model/normalise.ts';
import type { ComposeProject } from './project.ts';

/** What docker compose could do and this host can't, said before anything is made; null where there is nothing of it. */
export function unsupported({ services, source }: ComposeProject): string | null {
  for (const { name, source: service, build, image } of services) {
    if (service['provider'] !== undefined)
      return `service ${JSON.stringify(name)}: providers are not on this simulated host; give the service an "image:"`;
    if (build && image === null)
      return `service ${JSON.stringify(name)} has to be built, and images can't be built on this simulated host; give it an "image:" of those that "docker images" lists`;
    for (const section of ['configs', 'secrets'] as const) {
      for (const use of asList(service[section])) {
        const key = asText(asData(use)['source']) ?? '';
        const definition = asData(asData(source[section])[key]);
        const singular = section.slice(0, -1);
        if (definition['external'] === true) return `unsupported external ${singular} ${asText(definition['name'])}`;
        for (const driver of ['driver', 'template_driver'] as const)
          if (definition[driver]) return `Docker Compose does not support ${section}.*.${driver}`;
      }
    }
  }
  return null;
}
