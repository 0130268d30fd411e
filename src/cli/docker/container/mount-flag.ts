import { err, ok, type Result } from '../../../base/result.ts';
import type { Flag } from '../../command/flag.ts';

/** One `--mount`, as the API takes it. */
export interface Mount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: Readonly<Record<string, unknown>>;
  readonly VolumeOptions?: Readonly<Record<string, unknown>>;
  readonly TmpfsOptions?: Readonly<Record<string, unknown>>;
}

/** `--mount type=bind,source=/a,target=/b,readonly` (docker/cli opts/mount.go). */
export function mountFlag(help: string): Flag<readonly Mount[]> {
  return {
    help,
    type: 'mount',
    initial: [],
    parse: (text, current) => {
      const parsed = parseMount(text);
      return parsed.ok ? ok([...current, parsed.value]) : parsed;
    },
  };
}

function parseMount(text: string): Result<Mount, string> {
  const mount: Record<string, unknown> = { Type: 'volume' };
  const groups: Record<string, Record<string, unknown>> = {};
  for (const field of text.split(',')) {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
    const known = setField(key, at < 0 ? null : field.slice(at + 1), mount, groups);
    if (known !== null)
      return err(
        known === 'unknown'
          ? `unexpected key '${key}' in '${field}'`
          : at < 0
            ? `invalid field '${field}' must be a key=value pair`
            : known,
      );
  }
  if (mount['Type'] === '') return err('type is required');
  if ((mount['Target'] ?? '') === '') return err('target is required');
  for (const group of Object.keys(groups)) {
    const kind = group.replace('Options', '').toLowerCase();
    if (kind !== mount['Type'])
      return err(`cannot mix '${kind}-*' options with mount type '${mount['Type'] as string}'`);
  }
  return ok({ ...mount, ...groups } as unknown as Mount);
}

/** Null where the field was understood, otherwise what is wrong. */
function setField(
  key: string,
  value: string | null,
  mount: Record<string, unknown>,
  groups: Record<string, Record<string, unknown>>,
): string | null {
  const group = (name: string): Record<string, unknown> => (groups[name] ??= {});
  if (key === 'readonly' || key === 'ro') {
    if (value !== null && !/^(1|t|true|0|f|false)$/i.test(value)) return `invalid value for ${key}: ${value}`;
    mount['ReadOnly'] = value === null || /^(1|t|true)$/i.test(value);
    return null;
  }
  if (key === 'volume-nocopy') {
    group('VolumeOptions')['NoCopy'] = value === null || value === 'true';
    return null;
  }
  if (value === null) return 'pair';
  const [name, ...rest] = value.split('=') as [string, ...string[]];
  switch (key) {
    case 'type':
      mount['Type'] = value.toLowerCase();
      return null;
    case 'source':
    case 'src':
      mount['Source'] = value;
      return null;
    case 'target':
    case 'dst':
    case 'destination':
      mount['Target'] = value;
      return null;
    case 'consistency':
      mount['Consistency'] = value.toLowerCase();
      return null;
    case 'bind-propagation':
      group('BindOptions')['Propagation'] = value.toLowerCase();
      return null;
    case 'bind-recursive':
      group('BindOptions')['NonRecursive'] = value === 'disabled';
      return null;
    case 'volume-driver':
      group('VolumeOptions')['DriverConfig'] = { Name: value };
      return null;
    case 'volume-label':
      group('VolumeOptions')['Labels'] = { ...(group('VolumeOptions')['Labels'] as object), [name]: rest.join('=') };
      return null;
    case 'volume-subpath':
      group('VolumeOptions')['Subpath'] = value;
      return null;
    case 'tmpfs-size':
      group('TmpfsOptions')['SizeBytes'] = Number.parseInt(value, 10);
      return null;
    case 'tmpfs-mode':
      group('TmpfsOptions')['Mode'] = Number.parseInt(value, 8);
      return null;
    default:
      return 'unknown';
  }
}
