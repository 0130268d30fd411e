import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { folderOf, readText, type Surroundings } from '../load/files.ts';
import { mergeServices } from '../load/merge.ts';
import { readYaml } from '../load/read-yaml.ts';
import { asData, asText, type Data } from '../model/normalise.ts';
import { resolvePath } from '../model/service.ts';
import { checkData } from './check-data.ts';
import { yamlWords } from './yaml-words.ts';

/** Keys that a service can't inherit, because they would point at services that it doesn't know. */
const NOT_INHERITED = ['links', 'volumes_from', 'depends_on', 'extends'];

/** The data with every `extends` carried out, in this file or another one. */
export function* resolveExtends(
  proc: Surroundings,
  data: Data,
  file: string,
  variables: ReadonlyMap<string, string>,
): Sys<Result<Data, string>> {
  const services: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(asData(data['services']))) {
    const resolved = yield* resolveService(proc, asData(raw), { data, file, name }, variables, []);
    if (!resolved.ok) return resolved;
    services[name] = resolved.value;
  }
  return ok({ ...data, ...(data['services'] !== undefined && { services }) });
}

interface Origin {
  readonly data: Data;
  readonly file: string;
  readonly name: string;
}

function* resolveService(
  proc: Surroundings,
  service: Data,
  origin: Origin,
  variables: ReadonlyMap<string, string>,
  path: readonly string[],
): Sys<Result<Data, string>> {
  const { extends: target, ...own } = service;
  if (target === undefined) return ok(service);
  const step = `${origin.name} in ${origin.file}`;
  if (path.includes(step)) return err(`Circular reference:\n  ${[...path, step].join('\n  extends ')}`);
  const wanted = typeof target === 'string' ? target : (asText(asData(target)['service']) ?? '');
  const otherFile = typeof target === 'string' ? null : asText(asData(target)['file']);
  let from = origin.data;
  let file = origin.file;
  if (otherFile !== null) {
    file = resolvePath(folderOf(origin.file), otherFile);
    const text = yield* readText(proc, file);
    if (!text.ok) return err(`.FileNotFoundError: [Errno 2] No such file or directory: '${file}'`);
    const yaml = readYaml(text.value);
    if (!yaml.ok) return err(yamlWords(yaml.error, file));
    const checked = checkData(asData(yaml.value), file, variables, []);
    if (!checked.ok) return checked;
    from = checked.value;
  }
  const base = asData(from['services'])[wanted];
  if (base === undefined) return err(`Cannot extend service '${wanted}' in ${file}: Service not found`);
  const resolved = yield* resolveService(proc, asData(base), { data: from, file, name: wanted }, variables, [
    ...path,
    step,
  ]);
  if (!resolved.ok) return resolved;
  const inherited = Object.fromEntries(Object.entries(resolved.value).filter(([key]) => !NOT_INHERITED.includes(key)));
  return ok(mergeServices(inherited, own));
}
