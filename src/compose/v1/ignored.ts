import { asData, asList } from '../model/normalise.ts';
import type { Project, Service } from '../model/project.ts';

const IGNORED = ['endpoint_mode', 'labels', 'update_config', 'rollback_config'];

/** What docker-compose says of the parts of a project that are meant for a swarm (compose/config/config.py, check_swarm_only_config). */
export function swarmOnlyWarnings({ services }: Project): readonly string[] {
  const using = services.filter(({ source }) => asList(source['configs']).length > 0).map(({ name }) => name);
  if (using.length === 0) return [];
  return [
    `Some services (${using.toSorted().join(', ')}) use the 'configs' key, which will be ignored. Compose does not support 'configs' configuration - use \`docker stack deploy\` to deploy to a swarm.`,
  ];
}

/** And of a service's `deploy:` (compose/project.py, translate_deploy_keys_to_container_config). */
export function deployWarnings({ source }: Service): readonly string[] {
  const deploy = asData(source['deploy']);
  const policy = Object.keys(asData(deploy['restart_policy'])).filter(
    (key) => !['condition', 'max_attempts'].includes(key),
  );
  const reservations = asData(asData(deploy['resources'])['reservations']);
  const ignored = [
    ...IGNORED.filter((key) => deploy[key] !== undefined),
    ...policy.map((key) => `restart_policy.${key}`),
    ...(reservations['cpus'] === undefined ? [] : ['resources.reservations.cpus']),
  ];
  if (ignored.length === 0) return [];
  return [`The following deploy sub-keys are not supported and have been ignored: ${ignored.join(', ')}`];
}
