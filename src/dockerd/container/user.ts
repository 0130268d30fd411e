import { decodeUtf8 } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { FileInode } from '../../kernel/fs/inode.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';

export interface ContainerUser {
  readonly uid: number;
  readonly home: string;
}

/**
 * Who `--user` means, by the image's own /etc/passwd: a name, a number, either with a group behind a colon
 * (moby/sys/user GetExecUser). Groups are not modelled.
 */
export function findUser({ mounts }: Pick<Namespaces, 'mounts'>, wanted: string): Result<ContainerUser, string> {
  const [who = ''] = wanted.split(':');
  const entries = readPasswd(mounts);
  const isNumber = /^\d+$/.test(who);
  const entry = entries.find(([name, , uid]) => (who === '' ? uid === '0' : name === who || uid === who));
  if (entry) return ok({ uid: Number(entry[2]), home: entry[5] || '/' });
  if (who === '') return ok({ uid: 0, home: '/root' });
  return isNumber
    ? ok({ uid: Number(who), home: '/' })
    : err(`unable to find user ${who}: no matching entries in passwd file`);
}

function readPasswd(mounts: Namespaces['mounts']): readonly (readonly string[])[] {
  const at = mounts.resolve('/', '/etc/passwd', true);
  const text = at.ok && at.value.inode instanceof FileInode ? decodeUtf8(at.value.inode.data) : '';
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 6);
}
