import { choice, integer, list, object, string, boolean } from '../../schema/shape.ts';
import { deviceRequests, hook, listOrDictionary, mapOrNull, numeric, stringOrList, whole } from './common.ts';

/** `deploy:` and `develop:`. Of `deploy`, docker compose heeds replicas, resources and the restart policy. */

const update = object({
  parallelism: whole,
  delay: string,
  failure_action: string,
  monitor: string,
  max_failure_ratio: numeric,
  order: choice('start-first', 'stop-first'),
});

const genericResources = list(object({ discrete_resource_spec: object({ kind: string, value: numeric }) }));

export const deploy = mapOrNull({
  mode: string,
  endpoint_mode: string,
  replicas: whole,
  labels: listOrDictionary,
  rollback_config: update,
  update_config: update,
  resources: object({
    limits: object({ cpus: numeric, memory: string, pids: whole }),
    reservations: object({
      cpus: numeric,
      memory: string,
      generic_resources: genericResources,
      devices: list(object(deviceRequests, ['capabilities'])),
    }),
  }),
  restart_policy: object({ condition: string, delay: string, max_attempts: whole, window: string }),
  placement: object({
    constraints: list(string),
    preferences: list(object({ spread: string })),
    max_replicas_per_node: whole,
  }),
});

export const develop = mapOrNull({
  watch: list(
    object(
      {
        ignore: stringOrList,
        include: stringOrList,
        path: string,
        action: choice('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
        target: string,
        exec: hook,
        initial_sync: boolean,
      },
      ['path', 'action'],
    ),
  ),
});

export const model = object({ name: string, model: string, context_size: integer, runtime_flags: list(string) }, [
  'model',
]);
