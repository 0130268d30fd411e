import { type Edition, newer } from './edition.ts';
import { labels, NAME, service } from './service.ts';
import { anything, boolean, dictionary, list, object, type Shape, string, types } from './shape.ts';

/** A Compose file's grammar. docker compose's own words need a closer one: v2/grammar. */
function composeFile(edition: Edition): Shape {
  const secret = {
    name: string,
    file: string,
    external,
    labels,
    template_driver: string,
    ...newer(edition, { environment: string }),
  };
  const driven = { driver: string, driver_opts: driverOptions };
  // A section without anything in it is none.
  const section = (of: Shape, names?: RegExp): Shape => orNull(dictionary(of, names));
  return object({
    version: string,
    services: section(service(edition), NAME),
    // Any name will do for a network of docker-compose's.
    networks: section(orNull(object(network(edition))), edition === 'either' ? NAME : undefined),
    volumes: section(orNull(object({ name: string, ...driven, external, labels })), NAME),
    secrets: section(object({ ...secret, ...driven }), NAME),
    configs: section(object({ ...secret, ...newer(edition, { content: string }) }), NAME),
    ...newer(edition, { name: string, include: anything, models: anything }),
  });
}

const external: Shape = { is: 'types', types: ['boolean', 'object'], object: object({ name: string }) };
const driverOptions = dictionary(types('string', 'number'));
const orNull = (shape: Shape): Shape => ({ is: 'types', types: ['object', 'null'], object: shape });

const IPV4_PREFIX = /^((\d{1,2}|1\d{2}|2[0-4]\d|25[0-5])\.){3}(\d{1,2}|1\d{2}|2[0-4]\d|25[0-5])\/(\d|[12]\d|3[0-2])$/;
const IPV6_PREFIX = /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\/(\d|[1-9]\d|1[01]\d|12[0-8])$/;

const subnet: Shape = {
  is: 'format',
  format: 'subnet',
  accepts: (text) => IPV4_PREFIX.test(text) || IPV6_PREFIX.test(text),
  otherwise: ['string'],
};

const network = (edition: Edition): Readonly<Record<string, Shape>> => ({
  name: string,
  driver: string,
  driver_opts: driverOptions,
  ipam: object({
    driver: string,
    config: list(
      object({
        subnet: edition === 'either' ? string : subnet,
        ip_range: string,
        gateway: string,
        aux_addresses: dictionary(string),
      }),
    ),
    options: dictionary(string),
  }),
  external,
  internal: boolean,
  enable_ipv6: boolean,
  attachable: boolean,
  labels,
  ...newer(edition, { enable_ipv4: boolean }),
});

/** What docker-compose 1.29.2 or docker compose reads. */
export const COMPOSE_FILE: Shape = composeFile('either');

/** What docker-compose 1.29.2 reads. */
export const OLD_COMPOSE_FILE: Shape = composeFile('1.29.2');
