import { decodeUtf8 } from '../../base/bytes.ts';
import { FileInode } from '../fs/inode.ts';
import type { MountTable } from '../fs/mount-table.ts';

/** What /etc/passwd of a root calls its users, by number (getpwuid(3)). */
export function userNames(mounts: MountTable): ReadonlyMap<number, string> {
  const at = mounts.resolve('/', '/etc/passwd', true);
  const text = at.ok && at.value.inode instanceof FileInode ? decodeUtf8(at.value.inode.data) : 'root:x:0:0\n';
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , uid = ''] = line.split(':');
    if (/^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}
