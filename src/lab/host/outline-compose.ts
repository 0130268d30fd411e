import { outline } from '../../compose/outline.ts';
import type { PortSpec } from '../../compose/load/port-spec.ts';
import type { ProjectOutline } from '../messages.ts';

/** What bringing a compose file up would make, as it crosses the wall. @param readFile other files of the host that it may name */
export function outlineCompose(path: string, text: string, readFile: (path: string) => string | null): ProjectOutline {
  const { services, networks } = outline(text, { fileName: path, readFile });
  return {
    services: services.map((service) => ({ ...service, ports: service.ports.map(portText) })),
    networks: networks.map(({ name, subnet, external, line }) => ({ name, subnet: subnet ?? null, external, line })),
  };
}

/** As it is written in the file's short form. */
const portText = ({ hostIp, published, target, protocol }: PortSpec): string =>
  `${[hostIp, published, String(target)].filter((part) => part !== '').join(':')}${protocol === 'tcp' ? '' : `/${protocol}`}`;
