import { anyOf, dictionary, list, object, type Shape, string } from '../../schema/shape.ts';
import { driverOptions, external, flag, listOrDictionary, mapOrNull, NAME, stringOrList } from './common.ts';
import { model } from './deploy.ts';
import { SERVICE } from './service.ts';

/** A whole Compose file, as docker compose v2.40 reads it (compose-spec's schema, in shapes of our own). */

const network = mapOrNull({
  name: string,
  driver: string,
  driver_opts: driverOptions,
  ipam: object({
    driver: string,
    config: list(object({ subnet: string, ip_range: string, gateway: string, aux_addresses: dictionary(string) })),
    options: dictionary(string),
  }),
  external,
  internal: flag,
  enable_ipv4: flag,
  enable_ipv6: flag,
  attachable: flag,
  labels: listOrDictionary,
});

const volume = mapOrNull({
  name: string,
  driver: string,
  driver_opts: driverOptions,
  external,
  labels: listOrDictionary,
});

const secret = {
  name: string,
  environment: string,
  file: string,
  external,
  labels: listOrDictionary,
  template_driver: string,
};

const include = anyOf(string, object({ path: stringOrList, env_file: stringOrList, project_directory: string }));

export const COMPOSE_FILE: Shape = object({
  version: string,
  name: string,
  include: list(include),
  services: dictionary(SERVICE, NAME),
  models: dictionary(model, NAME),
  networks: dictionary(network, NAME),
  volumes: dictionary(volume, NAME),
  secrets: dictionary(object({ ...secret, driver: string, driver_opts: driverOptions }), NAME),
  configs: dictionary(object({ ...secret, content: string }), NAME),
});
