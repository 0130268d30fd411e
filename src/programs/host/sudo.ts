import type { Sys, Proc } from '../../kernel/syscalls/proc.ts';
import { awaitCommand, becomeCommand, startCommand } from '../coreutils/system/run-command.ts';
import { findUser } from '../coreutils/users.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';

const SECURE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * sudo(8), for a host whose account may do everything without a password. It has root's rights by the set-user-ID bit of its file.
 * Left out: rules, time stamps, -l's listing of rules.
 */
export const sudo = declareProgram(
  {
    options: wordOptions(['-u=', '-i', '-s', '-l', '-v', '-k', '-K', '-n', '-E', '-H', '-b'], {
      b: 'in the foreground',
      E: 'the environment is kept in any case',
    }),
  },
  function* (proc) {
    const words = [...proc.argv.slice(1)];
    let userName = 'root';
    let shell: 'login' | 'plain' | null = null;
    const given = new Map<string, string>();
    while (words[0] !== undefined && (words[0].startsWith('-') || /^\w+=/.test(words[0]))) {
      const word = words.shift() as string;
      if (word === '--') break;
      if (!word.startsWith('-')) given.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
      else if (word === '-u' || word === '--user') userName = words.shift() ?? 'root';
      else if (word === '-i' || word === '--login') shell = 'login';
      else if (word === '-s' || word === '--shell') shell = 'plain';
      else if (word === '-v' || word === '-k' || word === '-K') return 0;
      else if (word === '-l') {
        yield* proc.write(
          1,
          `User ${proc.env.get('USER') ?? 'user'} may run the following commands on ${proc.hostname()}:\n    (ALL : ALL) NOPASSWD: ALL\n`,
        );
        return 0;
      } else if (!/^-[nEHbSA]+$/.test(word) && !/^--(?:non-interactive|preserve-env|set-home)/.test(word)) {
        yield* proc.write(2, `sudo: invalid option -- '${word.replace(/^-+/, '').slice(0, 1)}'\n${USAGE}`);
        return 1;
      }
    }
    if (words.length === 0 && shell === null) {
      yield* proc.write(2, USAGE);
      return 1;
    }
    if (proc.uid !== 0) {
      yield* proc.write(2, 'sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set\n');
      return 1;
    }
    const user = yield* findUser(proc, userName);
    if (!user) {
      yield* proc.write(2, `sudo: unknown user ${userName}\nsudo: error initializing audit plugin sudoers_audit\n`);
      return 1;
    }
    const env = new Map(proc.env);
    const asked = proc.env.get('USER') ?? 'user';
    for (const [name, value] of [
      ['PATH', SECURE_PATH],
      ['HOME', user.home],
      ['USER', user.name],
      ['LOGNAME', user.name],
      ['SHELL', user.shell],
      ['SUDO_USER', asked],
      ['SUDO_COMMAND', words.join(' ')],
      ...given,
    ] as const)
      env.set(name, value);
    const command =
      shell === null
        ? words
        : [shell === 'login' ? '-bash' : 'bash', ...(words.length > 0 ? ['-c', words.join(' ')] : [])];
    if (shell === 'login') yield* proc.chdir(user.home);
    return yield* run(proc, command, env, user.uid);
  },
);

function* run(proc: Proc, command: readonly string[], env: ReadonlyMap<string, string>, uid: number): Sys<number> {
  const file = [(command[0] as string).replace(/^-/, ''), ...command.slice(1)];
  if (uid === 0) {
    const status = yield* becomeCommand(proc, file, env);
    if (typeof status === 'number') return status;
  } else {
    const started = yield* startCommand(proc, file, { env, uid });
    if (started.ok) {
      // Keys are for the command; sudo only waits for it.
      proc.disposition('SIGINT', 'ignore');
      return yield* awaitCommand(proc, started.value);
    }
  }
  yield* proc.write(2, `sudo: ${file[0]}: command not found\n`);
  return 1;
}

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo [-nEHis] [-u user] [VAR=value] [command [arg ...]]
`;

/** su(1): root becomes anybody; for others there is no password that would do. */
export const su = declareProgram({ options: wordOptions(['-c=', '-l', '-']) }, function* (proc) {
  const words = [...proc.argv.slice(1)];
  let login = false;
  let command: string | null = null;
  let name = 'root';
  while (words.length > 0) {
    const word = words.shift() as string;
    if (word === '-' || word === '-l' || word === '--login') login = true;
    else if (word === '-c') command = words.shift() ?? '';
    else if (!word.startsWith('-')) name = word;
  }
  const user = yield* findUser(proc, name);
  if (!user) {
    yield* proc.write(
      2,
      `su: user ${name} does not exist or the user entry does not contain all the required fields\n`,
    );
    return 1;
  }
  if (proc.uid !== 0) {
    yield* proc.write(2, 'Password: ');
    yield* proc.read(0);
    yield* proc.write(2, '\nsu: Authentication failure\n');
    return 1;
  }
  const env = new Map(proc.env);
  for (const [key, value] of [
    ['HOME', user.home],
    ['SHELL', user.shell],
    ['USER', user.name],
    ['LOGNAME', user.name],
  ] as const)
    env.set(key, value);
  const started = yield* startCommand(proc, [user.shell, ...(command === null ? [] : ['-c', command])], {
    env,
    uid: user.uid,
    ...(login && { cwd: user.home }),
  });
  if (!started.ok) {
    yield* proc.write(2, `su: failed to execute ${user.shell}: No such file or directory\n`);
    return 127;
  }
  proc.disposition('SIGINT', 'ignore');
  return yield* awaitCommand(proc, started.value);
});
