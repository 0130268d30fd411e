import type { Program } from '../../kernel/syscalls/proc.ts';

/** sudo: the account `user` of this host has all rights without a password, so the rest is run as it stands. */
export const sudo: Program = function* (proc) {
  const command = proc.argv
    .slice(1)
    .filter((arg, i, all) => !(arg.startsWith('-') && all.slice(0, i).every((each) => each.startsWith('-'))));
  if (command.length === 0) {
    yield* proc.write(2, 'usage: sudo [-n] command [arg ...]\n');
    return 1;
  }
  const [name = ''] = command;
  for (const folder of name.includes('/') ? [''] : (proc.env.get('PATH') ?? '').split(':')) {
    const child = yield* proc.spawn({ run: { path: folder === '' ? name : `${folder}/${name}` }, argv: command });
    if (!child.ok) continue;
    const status = yield* proc.wait(child.value);
    return status.ok && status.value?.how === 'exited' ? status.value.status : 1;
  }
  yield* proc.write(2, `sudo: ${name}: command not found\n`);
  return 1;
};
