import { encodeUtf8 } from '../../base/bytes.ts';
import { emitTar } from '../../base/tar.ts';
import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { asData, asList, asText, type Data } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, type Outcome, type Task } from './task.ts';

/** A service's use of a config or a secret. */
export interface FileReference {
  /** Its place in the container. */
  readonly target: string;
  /** What the project says of it. */
  readonly definition: Data;
  readonly use: Data;
}

const KINDS = { secrets: '/run/secrets/', configs: '/' } as const;
export type FileSection = keyof typeof KINDS;

/** The configs or secrets that a service asks for, in the order of the file. */
export function fileReferences(
  project: ComposeProject,
  service: Service,
  section: FileSection,
): readonly FileReference[] {
  return asList(service.source[section]).map((raw) => {
    const use = asData(raw);
    const source = asText(use['source']) ?? '';
    const target = asText(use['target']) ?? source;
    return {
      target: target.startsWith('/') ? target : KINDS[section] + target,
      definition: asData(asData(project.source[section])[source]),
      use,
    };
  });
}

/** Comes as a mount of a file of the host; the others are written into the container before it starts. */
export const isMounted = ({ definition }: FileReference): boolean =>
  definition['content'] === undefined && definition['environment'] === undefined;

/** Writes what `content:` and `environment:` say into a container that doesn't run yet (pkg/compose/secrets.go). */
export function* writeFileReferences(task: Task, project: ComposeProject, service: Service, id: string): Sys<Outcome> {
  for (const section of ['secrets', 'configs'] as const)
    for (const reference of fileReferences(project, service, section)) {
      const text = textOf(project, reference, section.slice(0, -1));
      if (!text.ok) return text;
      if (text.value === '') continue;
      if (service.readOnly)
        return err(
          `cannot create ${section.slice(0, -1)} ${JSON.stringify(asText(reference.definition['name']) ?? '')} in read-only service ${service.name}: \`file\` is the sole supported option`,
        );
      const written = yield* task.engine.putArchive(id, '/', archiveOf(reference, text.value, task.proc.date()));
      if (!written.ok) return err(engineWords(written.error));
    }
  return ok();
}

function textOf(project: ComposeProject, { definition }: FileReference, kind: string): Outcome<string> {
  const content = asText(definition['content']) ?? '';
  const variable = asText(definition['environment']) ?? '';
  if (content !== '' || variable === '') return ok(content);
  const value = project.variables.get(variable);
  if (value !== undefined) return ok(value);
  return err(
    `environment variable ${JSON.stringify(variable)} required by ${kind} ${JSON.stringify(asText(definition['name']) ?? '')} is not set`,
  );
}

/** One file in a tar archive, readable for all unless its mode says otherwise. */
function archiveOf({ target, use }: FileReference, text: string, milliseconds: number): Uint8Array {
  const mode = use['mode'];
  return emitTar([
    {
      name: target.replace(/^\/+/, ''),
      type: 'file',
      mode: mode === undefined ? 0o444 : typeof mode === 'string' ? Number.parseInt(mode, 8) : Number(mode),
      uid: Number(use['uid'] ?? 0),
      gid: Number(use['gid'] ?? 0),
      modified: Math.floor(milliseconds / 1000),
      target: '',
      data: encodeUtf8(text),
    },
  ]);
}
