import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { imageOf } from './naming.ts';
import type { ProgressEvent } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, isNotFound, type Outcome, parallel, type Task, tell } from './task.ts';

const pullPolicy = ({ source }: Service): string => asText(source['pull_policy']) ?? 'missing';

/** The ids of the services' images, by name; what isn't there is pulled, as far as there is a registry. */
export function* ensureImages(task: Task, project: ComposeProject): Sys<Outcome<ReadonlyMap<string, string>>> {
  const images = yield* localImages(task, project);
  if (!images.ok) return images;
  const missing = project.services.filter((service) => {
    if (!service.image) return false;
    const policy = pullPolicy(service);
    if (policy === 'always') return true;
    return policy !== 'never' && policy !== 'build' && !images.value.has(service.image);
  });
  const pulled = yield* parallel(task, missing, function* (own, service) {
    return yield* pullImage(own, service);
  });
  return pulled.ok ? images : pulled;
}

function* localImages({ engine }: Task, project: ComposeProject): Sys<Outcome<ReadonlyMap<string, string>>> {
  const images = new Map<string, string>();
  for (const name of new Set(project.services.map((service) => imageOf(project, service)))) {
    const image = yield* engine.inspectImage(name);
    if (image.ok) images.set(name, String(image.value['Id']));
    else if (!isNotFound(image.error)) return err(`unable to get image '${name}': ${engineWords(image.error)}`);
  }
  return ok(images);
}

/** Pulls one service's image and shows how that goes (pkg/compose/pull.go, pullServiceImage). */
export function* pullImage(task: Task, { name, image, build }: Service): Sys<Outcome> {
  yield* tell(task, { id: name, status: 'working', text: 'Pulling', statusText: '' });
  const pulled = yield* task.engine.pullImage(image as string);
  if (pulled.ok) {
    yield* tell(task, { id: name, status: 'done', text: 'Pulled', statusText: '' });
    return ok();
  }
  const failed: ProgressEvent = build
    ? { id: name, status: 'warning', text: 'Warning', statusText: pulled.error.message }
    : { id: name, status: 'error', text: 'Error', statusText: pulled.error.message };
  yield* tell(task, failed);
  return err(engineWords(pulled.error));
}

/** Pulls the images of all services (pkg/compose/pull.go). */
export function* pull(
  task: Task,
  project: ComposeProject,
  options: { readonly ignoreFailures: boolean },
): Sys<Outcome> {
  const images = yield* localImages(task, project);
  if (!images.ok) return images;
  const pullers = new Map<string, string>();
  const wanted: Service[] = [];
  for (const service of project.services) {
    const { image, name } = service;
    const reason = skipReason(service, images.value, pullers);
    if (reason !== null) yield* tell(task, { id: name, status: 'done', text: reason, statusText: '' });
    else {
      pullers.set(image as string, name);
      wanted.push(service);
    }
  }
  return yield* parallel(task, wanted, function* (own, service) {
    const pulled = yield* pullImage(own, service);
    return options.ignoreFailures ? ok() : pulled;
  });
}

function skipReason(
  service: Service,
  images: ReadonlyMap<string, string>,
  pullers: ReadonlyMap<string, string>,
): string | null {
  const { image, source } = service;
  if (!image) return 'Skipped - No image to be pulled';
  const policy = pullPolicy(service);
  if (policy === 'never' || policy === 'build') return 'Skipped';
  // An image without a tag, or with the tag latest, may be newer elsewhere.
  const fixed = /:[^/:]+$/.test(image) && !image.endsWith(':latest');
  if (source['pull_policy'] !== undefined && policy === 'missing' && images.has(image) && fixed)
    return 'Skipped - Image is already present locally';
  const puller = pullers.get(image);
  return puller === undefined ? null : `Skipped - Image is already being pulled by ${puller}`;
}
