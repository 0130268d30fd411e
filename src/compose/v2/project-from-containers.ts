import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { Engine, type ContainerSummary } from '../engine/engine.ts';
import { asData, asText, networkOf, volumeOf } from '../model/normalise.ts';
import type { Dependency, Service } from '../model/project.ts';
import { serviceOf } from '../model/service.ts';
import { projectContainers } from './containers.ts';
import { isOneOff, LABEL, labelOf, serviceOfContainer } from './naming.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, type Outcome } from './task.ts';

/** A project that is only known by its name, put together from what its containers, networks and volumes say of it. */
export function* projectFromContainers(engine: Engine, name: string): Sys<Outcome<ComposeProject>> {
  const listed = yield* projectContainers({ engine }, name, { oneOff: 'include' });
  if (!listed.ok) return listed;
  const labels = [`${LABEL.project}=${name}`];
  const networks = yield* engine.networks(labels);
  if (!networks.ok) return err(engineWords(networks.error));
  const volumes = yield* engine.volumes(labels);
  if (!volumes.ok) return err(engineWords(volumes.error));
  const services = new Map<string, Service>();
  for (const container of listed.value.filter((each) => !isOneOff(each))) {
    const service = serviceOfContainer(container);
    const known = services.get(service);
    services.set(service, known ? { ...known, scale: known.scale + 1 } : serviceFrom(service, container));
  }
  const resource = (data: unknown, label: string) => ({
    key: asText(asData(asData(data)['Labels'])[label]) ?? '',
    data: { name: asData(data)['Name'] },
  });
  return ok({
    name,
    version: null,
    workingDirectory: '',
    files: [],
    services: [...services.values()],
    disabled: [],
    profiles: [],
    networks: networks.value
      .map((each) => resource(each, LABEL.network))
      .map(({ key, data }) => networkOf(key, data, name)),
    volumes: volumes.value
      .map((each) => resource(each, LABEL.volume))
      .map(({ key, data }) => volumeOf(key, data, name)),
    variables: new Map(),
    envFiles: [],
    source: {},
  });
}

function serviceFrom(name: string, container: ContainerSummary): Service {
  const context = { workingDirectory: '', home: '', envFile: new Map<string, string>() };
  const bare = serviceOf(name, { image: asText(container.data['Image']) }, context);
  return { ...bare, dependsOn: dependenciesFrom(labelOf(container, LABEL.dependencies)) };
}

/** `web:service_healthy:false,db` */
function dependenciesFrom(label: string): readonly Dependency[] {
  return label
    .split(',')
    .filter((text) => text !== '')
    .map((text) => {
      const [service = '', condition = 'service_started', restart = 'true'] = text.split(':');
      return { service, condition: condition as Dependency['condition'], restart: restart === 'true', required: false };
    });
}
