import type { Service } from '../model/project.ts';
import { asData, asList, asText, type Data } from '../model/normalise.ts';
import { fileReferences, type FileSection, isMounted } from './file-references.ts';
import type { ComposeProject } from './project.ts';

/** A service's mounts: as `Binds` where the plain old form will do, as `Mounts` otherwise (pkg/compose/create.go). */
export function mountBody(project: ComposeProject, service: Service): Data {
  const binds: string[] = [];
  const mounts: Data[] = [];
  for (const raw of asList(service.source['volumes'])) {
    const volume = asData(raw);
    const bind = bindText(project, volume);
    if (bind !== null) binds.push(bind);
    else mounts.push(mountOf(project, volume));
  }
  mounts.push(...fileMounts(project, service, 'configs'), ...fileMounts(project, service, 'secrets'));
  return { Binds: binds, ...(mounts.length > 0 && { Mounts: mounts }) };
}

const volumeName = ({ volumes }: ComposeProject, key: string): string =>
  volumes.find((each) => each.key === key)?.name ?? key;

/** `source:target:options`; null where that can't say it. */
function bindText(project: ComposeProject, volume: Data): string | null {
  const source = asText(volume['source']) ?? '';
  const bind = asData(volume['bind']);
  const named = asData(volume['volume']);
  const access = volume['read_only'] === true ? 'ro' : 'rw';
  const target = asText(volume['target']) ?? '';
  if (volume['type'] === 'bind') {
    const advanced = bind['propagation'] !== undefined || bind['recursive'] !== undefined;
    const stays = volume['bind'] !== undefined && bind['create_host_path'] !== true;
    if (advanced || stays) return null;
    const selinux = asText(bind['selinux']);
    return `${source}:${target}:${[access, ...(selinux ? [selinux] : [])].join(',')}`;
  }
  if (volume['type'] !== 'volume' || source === '') return null;
  const advanced = Object.keys(asData(named['labels'])).length > 0 || named['subpath'] || named['nocopy'];
  return advanced ? null : `${volumeName(project, source)}:${target}:${access}`;
}

function mountOf(project: ComposeProject, volume: Data): Data {
  const type = asText(volume['type']) ?? 'volume';
  const source = asText(volume['source']) ?? '';
  const bind = asData(volume['bind']);
  const named = asData(volume['volume']);
  const tmpfs = asData(volume['tmpfs']);
  return {
    Type: type,
    Source: type === 'volume' && source !== '' ? volumeName(project, source) : source,
    Target: asText(volume['target']) ?? '',
    ...(volume['read_only'] === true && { ReadOnly: true }),
    ...(type === 'bind' &&
      volume['bind'] !== undefined && {
        BindOptions: {
          ...(bind['propagation'] !== undefined && { Propagation: bind['propagation'] }),
          CreateMountpoint: bind['create_host_path'] === true,
        },
      }),
    ...(type === 'volume' &&
      volume['volume'] !== undefined && {
        VolumeOptions: {
          NoCopy: named['nocopy'] === true,
          ...(named['subpath'] !== undefined && { Subpath: named['subpath'] }),
          ...(named['labels'] !== undefined && { Labels: named['labels'] }),
        },
      }),
    ...(type === 'tmpfs' &&
      volume['tmpfs'] !== undefined && {
        TmpfsOptions: { SizeBytes: Number(tmpfs['size'] ?? 0), Mode: Number(tmpfs['mode'] ?? 0) },
      }),
  };
}

/** Configs and secrets that are files of the host come as mounts of those files. */
function fileMounts(project: ComposeProject, service: Service, section: FileSection): readonly Data[] {
  return fileReferences(project, service, section)
    .filter(isMounted)
    .map(({ target, definition }) => ({
      Type: 'bind',
      Source: asText(definition['file']) ?? '',
      Target: target,
      ReadOnly: true,
    }));
}
