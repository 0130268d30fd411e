import { err, ok, type Result } from '../../../base/result.ts';
import type { Tree } from './tree.ts';

const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** A mount in its short form, `[source:]target[:options]`, as the long one (compose-go format/volume.go). */
export function readVolume(text: string): Result<Tree, string> {
  if (text === '') return err('invalid empty volume spec');
  const fields = splitFields(text);
  const wrong = (reason: string) => err(`invalid spec: ${text}: ${reason}`);
  if (fields.some((field) => field === '')) return wrong('empty section between colons');
  if (fields.length > 3) return wrong('too many colons');
  const [first = '', second, options = ''] = fields;
  const target = cleanTarget(second ?? first);
  if (second === undefined) return ok({ type: 'volume', target, volume: {} });
  const given = options.split(',');
  const readOnly = given.lastIndexOf('ro') > given.lastIndexOf('rw') ? { read_only: true } : {};
  const nocopy = given.includes('nocopy') ? { nocopy: true } : {};
  const propagation = given.findLast((each) => PROPAGATIONS.includes(each));
  const selinux = given.findLast((each) => each === 'z' || each === 'Z');
  if (!isFilePath(first)) return ok({ type: 'volume', source: first, target, ...readOnly, volume: nocopy });
  const bind = {
    ...(selinux !== undefined && { selinux }),
    ...(propagation !== undefined && { propagation }),
    // The short form makes a missing folder of the host, as docker-compose always did.
    create_host_path: true,
  };
  return ok({ type: 'bind', source: first, target, ...readOnly, bind });
}

/** At colons, but for those of `${…}` and of a Windows drive. */
function splitFields(text: string): readonly string[] {
  const fields: string[] = [''];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    const field = fields.at(-1) as string;
    if (letter === '$' && text[at + 1] === '{') depth++;
    if (letter === '}' && depth > 0) depth--;
    if (letter === ':' && depth === 0 && !/^[a-zA-Z]$/.test(field)) fields.push('');
    else fields[fields.length - 1] = field + letter;
  }
  return fields;
}

function isFilePath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^[a-zA-Z]:/.test(source);
}

/** Go's path.Clean. */
export function cleanTarget(path: string): string {
  if (path === '') return '';
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  return absolute ? `/${parts.join('/')}` : parts.join('/') || '.';
}
