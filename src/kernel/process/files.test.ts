import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../base/bytes.ts';
import { unwrap } from '../../base/result.ts';
import type { FileTree } from '../fs/file-tree.ts';
import type { Proc, Sys } from '../syscalls/proc.ts';
import { TestMachine } from './machine.fixture.ts';
import { readAll, say, TEST_PROGRAMS } from './test-programs.fixture.ts';

const FILES: FileTree = {
  '/etc/motd': { content: 'welcome\n' },
  '/root/secret': { content: 'x', mode: 0o600 },
  '/root': { directory: true, mode: 0o700 },
  '/home/user': { directory: true, uid: 1000, gid: 1000 },
  '/bin/script': { content: '#!/bin/echo first\nsecond\n', mode: 0o755 },
  '/bin/rootly': { program: 'whoami', mode: 0o4755 },
  '/bin/garbage': { content: 'not a program', mode: 0o755 },
  '/a/link': { symlink: '../etc' },
  '/a/loop': { symlink: 'loop' },
};

/** What a program answers that is run as `uid` on these files. */
function ask(body: (proc: Proc) => Sys<unknown>, uid = 0): unknown {
  const machine = new TestMachine(
    {
      ...TEST_PROGRAMS,
      *whoami(proc) {
        yield* say(proc, proc.uid);
        return 0;
      },
      *body(proc) {
        yield* say(proc, JSON.stringify(yield* body(proc)));
        return 0;
      },
    },
    FILES,
  );
  return JSON.parse(machine.run(['body'], { uid }).out);
}

const read = function* (proc: Proc, path: string): Sys<string> {
  const fd = yield* proc.open(path, { read: true });
  return fd.ok ? yield* readAll(proc, fd.value) : fd.error;
};
const write = function* (proc: Proc, path: string, text: string, append = false): Sys<string> {
  const fd = yield* proc.open(path, { write: true, create: true, ...(append ? { append } : { truncate: true }) });
  if (!fd.ok) return fd.error;
  const written = yield* proc.write(fd.value, text);
  yield* proc.close(fd.value);
  return written.ok ? 'ok' : written.error;
};
const outcome = <T>(result: { ok: true; value: T } | { ok: false; error: string }) => (result.ok ? 'ok' : result.error);

describe('a path', () => {
  it('leads through links and dots, from the working folder', () => {
    expect(
      ask(function* (proc) {
        yield* proc.chdir('/a/link');
        return [proc.cwd(), yield* read(proc, '../a/./link/motd'), yield* read(proc, 'motd')];
      }),
    ).toEqual(['/etc', 'welcome\n', 'welcome\n']);
  });

  it.each([
    ['/a/loop', 'ELOOP'],
    ['/etc/nothing', 'ENOENT'],
    ['/etc/motd/x', 'ENOTDIR'],
    ['', 'ENOENT'],
    [`/${'n'.repeat(256)}`, 'ENAMETOOLONG'],
  ])('%j fails with %s', (path, error) => {
    expect(ask((proc) => read(proc, path))).toBe(error);
  });
});

describe('a file', () => {
  it('is written, appended to, and keeps a hole where nobody wrote', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/f', 'abc');
        yield* write(proc, '/tmp/f', 'de', true);
        const fd = unwrap(yield* proc.open('/tmp/f', { read: true, write: true }));
        yield* proc.seek(fd, 7);
        yield* proc.write(fd, 'z');
        return [yield* read(proc, '/tmp/f'), unwrap(yield* proc.stat('/tmp/f')).size];
      }),
    ).toEqual(['abcde\0\0z', 8]);
  });

  it('hands out bytes that stay as they were when they were read', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/f', 'old');
        const fd = unwrap(yield* proc.open('/tmp/f', { read: true, write: true }));
        const bytes = unwrap(yield* proc.read(fd));
        yield* proc.seek(fd, 0);
        yield* proc.write(fd, 'new');
        return decodeUtf8(bytes);
      }),
    ).toBe('old');
  });

  it('has several names, and lives on while it is open', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/f', 'text');
        yield* proc.makeLink('/tmp/f', '/tmp/g');
        const { links } = unwrap(yield* proc.stat('/tmp/g'));
        const fd = unwrap(yield* proc.open('/tmp/g', { read: true }));
        yield* proc.unlink('/tmp/f');
        yield* proc.unlink('/tmp/g');
        return [links, yield* readAll(proc, fd), yield* read(proc, '/tmp/g')];
      }),
    ).toEqual([2, 'text', 'ENOENT']);
  });

  it('is dated by the calendar of the machine', () => {
    expect(
      ask(function* (proc) {
        yield* proc.sleep(5e9);
        yield* write(proc, '/tmp/f', 'x');
        const now = unwrap(yield* proc.stat('/tmp/f')).modified;
        yield* proc.utime('/tmp/f', 1000);
        return [Math.round((now - 1_767_225_600_000) / 1000), unwrap(yield* proc.stat('/tmp/f')).modified];
      }),
    ).toEqual([5, 1000]);
  });
});

describe('renaming', () => {
  it('replaces a file, refuses a folder into itself and a folder that is not empty', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/f', '1');
        yield* write(proc, '/tmp/g', '2');
        yield* proc.makeDirectory('/tmp/d');
        yield* proc.makeDirectory('/tmp/d/e');
        return [
          outcome(yield* proc.rename('/tmp/f', '/tmp/g')),
          yield* read(proc, '/tmp/g'),
          outcome(yield* proc.rename('/tmp/d', '/tmp/d/e/f')),
          outcome(yield* proc.rename('/tmp/g', '/tmp/d')),
          outcome(yield* proc.removeDirectory('/tmp/d')),
          outcome(yield* proc.rename('/tmp/d', '/proc/d')),
        ];
      }),
    ).toEqual(['ok', '1', 'EINVAL', 'EISDIR', 'ENOTEMPTY', 'EPERM']);
  });
});

describe('permissions', () => {
  it('bind a user to owner, group and others; umask takes bits away', () => {
    expect(
      ask(function* (proc) {
        const own = yield* write(proc, '/home/user/f', 'x');
        proc.umask(0o077);
        yield* write(proc, '/home/user/g', 'x');
        return [
          own,
          unwrap(yield* proc.stat('/home/user/f')).mode.toString(8),
          unwrap(yield* proc.stat('/home/user/g')).mode.toString(8),
          yield* read(proc, '/root/secret'),
          yield* write(proc, '/etc/motd', 'x'),
          yield* write(proc, '/etc/new', 'x'),
          outcome(yield* proc.chmod('/etc/motd', 0o777)),
        ];
      }, 1000),
    ).toEqual(['ok', '644', '600', 'EACCES', 'EACCES', 'EACCES', 'EPERM']);
  });

  it('keep what others put into /tmp', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/mine', 'x');
        const child = unwrap(
          yield* proc.spawn({
            run: {
              *program(other) {
                return (yield* other.unlink('/tmp/mine')).ok ? 0 : 1;
              },
            },
            argv: ['other'],
            uid: 1000,
          }),
        );
        return unwrap(yield* proc.wait(child));
      }),
    ).toMatchObject({ status: 1 });
  });
});

describe('executing', () => {
  const run = function* (proc: Proc, path: string): Sys<string> {
    const pipe = unwrap(yield* proc.pipe());
    const child = yield* proc.spawn({ run: { path }, argv: ['name', 'argument'], fds: [[1, pipe.write]] });
    if (!child.ok) return child.error;
    yield* proc.close(pipe.write);
    return yield* readAll(proc, pipe.read);
  };

  it('a script runs its interpreter with the script as an argument', () => {
    expect(ask((proc) => run(proc, '/bin/script'))).toBe('first /bin/script argument\n');
  });

  it('a script works as the first process too', () => {
    const machine = new TestMachine(TEST_PROGRAMS, FILES);
    expect(machine.run(['script', 'x']).out).toBe('first /bin/script x\n');
  });

  it.each([
    ['/bin/nothing', 'ENOENT'],
    ['/etc/motd', 'EACCES'],
    ['/etc', 'EACCES'],
    ['/bin/garbage', 'ENOEXEC'],
  ])('%s fails with %s', (path, error) => {
    expect(ask((proc) => run(proc, path))).toBe(error);
  });

  it('a file with the set-user-ID bit runs as its owner', () => {
    expect(ask((proc) => run(proc, '/bin/rootly'), 1000)).toBe('0\n');
    expect(ask((proc) => run(proc, '/bin/whoami'), 1000)).toBe('1000\n');
  });
});

describe('/proc and /dev', () => {
  it('tell a process of itself and its files', () => {
    expect(
      ask(function* (proc) {
        yield* write(proc, '/tmp/f', 'through fd');
        const fd = unwrap(yield* proc.open('/tmp/f', { read: true }));
        return [
          yield* read(proc, '/proc/self/comm'),
          yield* read(proc, `/proc/${proc.pid}/cmdline`),
          yield* read(proc, `/dev/fd/${fd}`),
          yield* read(proc, '/proc/sys/kernel/hostname'),
          outcome(yield* proc.makeDirectory('/proc/x')),
          outcome(yield* proc.unlink('/proc/version')),
        ];
      }),
    ).toEqual(['body\n', 'body\0', 'through fd', 'ubuntu\n', 'EPERM', 'EPERM']);
  });

  it('settings are files that root may write', () => {
    const settings = function* (proc: Proc) {
      const written = yield* write(proc, '/proc/sys/net/ipv4/ip_forward', '1\n');
      return [written, yield* read(proc, '/proc/sys/net/ipv4/ip_forward'), proc.sysctl('net.ipv4.ip_forward')];
    };
    expect(ask(settings)).toEqual(['ok', '1\n', '1']);
    expect(ask(settings, 1000)).toEqual(['EACCES', '0\n', '0']);
  });

  it('/dev/stdout is what the process writes to', () => {
    const machine = new TestMachine({
      *log(proc) {
        yield* write(proc, '/dev/stdout', 'out\n');
        yield* write(proc, '/dev/stderr', 'err\n');
        yield* write(proc, '/dev/null', 'gone\n');
        return (yield* write(proc, '/dev/full', 'x')) === 'ENOSPC' ? 0 : 1;
      },
    });
    expect(machine.run(['log'])).toMatchObject({ exit: 0, out: 'out\n', err: 'err\n' });
  });

  it('network devices stand in /sys/class/net', () => {
    expect(
      ask(function* (proc) {
        const names = unwrap(yield* proc.readDirectory('/sys/class/net')).map(({ name }) => name);
        return [names, yield* read(proc, '/sys/class/net/lo/address')];
      }),
    ).toEqual([['lo'], '00:00:00:00:00:00\n']);
  });
});
