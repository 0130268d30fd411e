import { decodeUtf8 } from '../../base/bytes.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** Names of users and groups, from /etc/passwd and /etc/group (getpwuid(3), getgrgid(3)). */
export interface Names {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
  /** Users to the groups that list them. */
  readonly memberships: ReadonlyMap<string, readonly number[]>;
}

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
}

function* lines(proc: Proc, path: string): Sys<readonly (readonly string[])[]> {
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return [];
  const bytes = yield* proc.read(file.value, 1 << 20);
  yield* proc.close(file.value);
  return bytes.ok
    ? decodeUtf8(bytes.value)
        .split('\n')
        .map((line) => line.split(':'))
    : [];
}

export function* readNames(proc: Proc): Sys<Names> {
  const users = new Map<number, string>();
  const groups = new Map<number, string>();
  const memberships = new Map<string, number[]>();
  for (const [name = '', , uid] of yield* lines(proc, '/etc/passwd'))
    if (uid !== undefined && !users.has(Number(uid))) users.set(Number(uid), name);
  for (const [name = '', , gid, members = ''] of yield* lines(proc, '/etc/group')) {
    if (gid === undefined) continue;
    groups.set(Number(gid), name);
    for (const member of members.split(',').filter(Boolean))
      memberships.set(member, [...(memberships.get(member) ?? []), Number(gid)]);
  }
  return { users, groups, memberships };
}

export function* findUser(proc: Proc, name: string): Sys<User | null> {
  for (const [user, , uid, , , home = '/', shell = '/bin/sh'] of yield* lines(proc, '/etc/passwd'))
    if (user === name && uid !== undefined) return { name, uid: Number(uid), home, shell };
  return null;
}
