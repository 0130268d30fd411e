import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { isFile, type Surroundings } from '../load/files.ts';
import { asData, asList, asText, type Data } from '../model/normalise.ts';
import type { Project, Service } from '../model/project.ts';
import { resolvePath } from '../model/service.ts';

/** The secrets of a service as mounts of files of the host (compose/service.py, get_secret_volumes). */
export function secretMounts(project: Project, service: Service): readonly Data[] {
  return asList(service.source['secrets']).flatMap((raw) => {
    const { source, target } = grantOf(raw);
    const definition = asData(asData(project.source['secrets'])[source]);
    if (definition['external']) return [];
    return [
      {
        Type: 'bind',
        Source: resolvePath(project.workingDirectory, asText(definition['file']) ?? ''),
        Target: target.startsWith('/') ? target : `/run/secrets/${target}`,
        ReadOnly: true,
      },
    ];
  });
}

/** What docker-compose remarks about a service's secrets; one that isn't there ends it (compose/project.py, get_secrets). */
export function* secretWarnings(
  world: Surroundings,
  project: Project,
  service: Service,
): Sys<Result<readonly string[], string>> {
  const warnings: string[] = [];
  for (const raw of asList(service.source['secrets'])) {
    const { source, use } = grantOf(raw);
    const definition = asData(project.source['secrets'])[source];
    if (!definition) return err(`Service "${service.name}" uses an undefined secret "${source}" `);
    const about = `Service "${service.name}" uses secret "${source}"`;
    if (asData(definition)['external']) {
      warnings.push(
        `${about} which is external. External secrets are not available to containers created by docker-compose.`,
      );
      continue;
    }
    if (use['uid'] || use['gid'] || use['mode'])
      warnings.push(
        `${about} with uid, gid, or mode. These fields are not supported by this implementation of the Compose file`,
      );
    const file = resolvePath(project.workingDirectory, asText(asData(definition)['file']) ?? '');
    if (!(yield* isFile(world, file)))
      warnings.push(
        `Service "${service.name}" uses an undefined secret file "${file}", the following file should be created "${file}"`,
      );
  }
  return ok(warnings);
}

function grantOf(raw: unknown): { readonly source: string; readonly target: string; readonly use: Data } {
  const use = asData(raw);
  const source = typeof raw === 'string' ? raw : (asText(use['source']) ?? '');
  return { source, target: asText(use['target']) ?? source, use };
}
