import { type Edition, newer } from './edition.ts';
import { anyOf, choice, dictionary, integer, list, number, object, type Shape, string, types } from './shape.ts';

const texts = list(string, { unique: true });
const numeric = types('number', 'string');

const update = object({
  parallelism: integer,
  delay: string,
  failure_action: string,
  monitor: string,
  max_failure_ratio: number,
  order: choice('start-first', 'stop-first'),
});

/** A service's `deploy:`. */
export const deploy = (edition: Edition, listOrDictionary: Shape): Shape => ({
  is: 'types',
  types: ['object', 'null'],
  object: object({
    mode: string,
    endpoint_mode: string,
    replicas: edition === 'either' ? types('integer', 'string') : integer,
    labels: listOrDictionary,
    rollback_config: update,
    update_config: update,
    resources: object({
      limits: object({ cpus: numeric, memory: string, ...newer(edition, { pids: types('integer', 'string') }) }),
      reservations: object({
        cpus: numeric,
        memory: string,
        generic_resources: list(object({ discrete_resource_spec: object({ kind: string, value: number }) })),
        devices: list(
          object({
            capabilities: texts,
            count: types('string', 'integer'),
            device_ids: texts,
            driver: string,
            options: anyOf(dictionary(types('string', 'number', 'null')), texts),
          }),
        ),
      }),
    }),
    restart_policy: object({ condition: string, delay: string, max_attempts: integer, window: string }),
    placement: object({
      constraints: list(string),
      preferences: list(object({ spread: string })),
      max_replicas_per_node: integer,
    }),
  }),
});
