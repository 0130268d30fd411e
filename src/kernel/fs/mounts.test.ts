import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/result.ts';
import { TestMachine } from '../process/machine.fixture.ts';
import { PidNamespace } from '../process/namespaces.ts';
import type { Program } from '../syscalls/proc.ts';
import { say, TEST_PROGRAMS, readAll } from '../process/test-programs.fixture.ts';
import type { DirectoryInode } from './inode.ts';
import { mountProc } from './proc/mount-proc.ts';

const IMAGE = {
  '/etc/hosts': { content: 'image\n' },
  '/data': { directory: true },
  '/bin/cat': { program: 'cat' },
} as const;

/** Writes `text`, if there is one, to the file that it is given, then prints the file. */
const edit: Program = function* (proc) {
  const [, path = '', text] = proc.argv;
  if (text !== undefined) {
    const out = yield* proc.open(path, { write: true, create: true, truncate: true });
    if (!out.ok) {
      yield* say(proc, out.error);
      return 1;
    }
    yield* proc.write(out.value, text);
    yield* proc.close(out.value);
  }
  const fd = yield* proc.open(path, { read: true });
  yield* proc.write(1, fd.ok ? yield* readAll(proc, fd.value) : fd.error);
  return 0;
};

class Host {
  readonly machine = new TestMachine({ ...TEST_PROGRAMS, edit }, { '/srv/page': { content: 'host' } });
  readonly files = this.machine.kernel.files;

  container(upper?: DirectoryInode) {
    const { kernel } = this.machine;
    const mounts = kernel.createRoot([IMAGE, { '/bin/edit': { program: 'edit' } }], upper);
    const host = kernel.hostNamespaces;
    const namespaces = { ...host, mounts, pids: new PidNamespace(host.pids), net: kernel.createNetns('c') };
    mountProc(kernel, namespaces);
    const bind = (source: string, target: string, readOnly = false) =>
      mounts.mount({ target, root: unwrapInode(this.files.inode(source)), source, type: 'ext4', readOnly });
    /** Every process that it runs is its first one, so each has a pid namespace of its own. */
    const run = (...argv: string[]) =>
      this.machine.run(argv, { namespaces: { ...namespaces, pids: new PidNamespace(host.pids) } }).out;
    return { mounts, bind, run };
  }
}

function unwrapInode<T>(inode: T | undefined): T {
  if (inode === undefined) throw new Error('no such file');
  return inode;
}

describe('a root of layers', () => {
  it('keeps what one container writes from others, and for its next start', () => {
    const host = new Host();
    const upper = host.machine.kernel.createUpper();
    const one = host.container(upper);
    expect(one.run('edit', '/etc/hosts', 'mine')).toBe('mine');
    expect(host.container().run('edit', '/etc/hosts')).toBe('image\n');
    expect(host.container(upper).run('edit', '/etc/hosts')).toBe('mine');
  });

  it('is read-only where asked', () => {
    const host = new Host();
    const { kernel } = host.machine;
    const mounts = kernel.createRoot([IMAGE, { '/bin/edit': { program: 'edit' } }], undefined, { readOnly: true });
    const namespaces = { ...kernel.hostNamespaces, mounts };
    expect(host.machine.run(['edit', '/etc/hosts', 'x'], { namespaces }).out).toBe('EROFS\n');
  });
});

describe('a bind mount', () => {
  it('of a folder shows changes at once, both ways', () => {
    const host = new Host();
    const container = host.container();
    unwrap(container.bind('/srv', '/data'));
    expect(container.run('edit', '/data/page')).toBe('host');
    unwrap(host.files.write('/srv/page', 'edited'));
    expect(container.run('edit', '/data/page')).toBe('edited');
    container.run('edit', '/data/new', 'from the container');
    expect(unwrap(host.files.read('/srv/new'))).toBe('from the container');
  });

  it('of a file keeps the file, not the name: a replacement by renaming is not seen', () => {
    const host = new Host();
    const container = host.container();
    unwrap(container.bind('/srv/page', '/etc/hosts'));
    unwrap(host.files.write('/srv/page', 'in place'));
    expect(container.run('edit', '/etc/hosts')).toBe('in place');
    unwrap(host.files.write('/srv/page.new', 'replaced'));
    unwrap(host.files.rename('/srv/page.new', '/srv/page'));
    expect(container.run('edit', '/etc/hosts')).toBe('in place');
    expect(unwrap(host.files.read('/srv/page'))).toBe('replaced');
  });

  it('that is read-only refuses to be written, and cannot be removed', () => {
    const host = new Host();
    const container = host.container();
    unwrap(container.bind('/srv', '/data', true));
    expect(container.run('edit', '/data/page', 'x')).toBe('EROFS\n');
  });

  it('goes away again', () => {
    const host = new Host();
    const container = host.container();
    unwrap(container.bind('/srv', '/data'));
    unwrap(container.mounts.unmount('/data'));
    expect(container.run('edit', '/data/page')).toBe('ENOENT');
  });

  it('needs something of its own kind to cover', () => {
    const host = new Host();
    const container = host.container();
    expect(container.bind('/srv', '/etc/hosts')).toMatchObject({ error: 'ENOTDIR' });
    expect(container.bind('/srv', '/nothing')).toMatchObject({ error: 'ENOENT' });
  });
});

describe("a container's settings", () => {
  it('can be read but not written', () => {
    const container = new Host().container();
    expect(container.run('edit', '/proc/sys/net/ipv4/ip_forward', '1')).toBe('EROFS\n');
    expect(container.run('edit', '/proc/sys/net/ipv4/ip_default_ttl')).toBe('64\n');
  });
});

describe("the host's files", () => {
  it('tell when they change, whoever changes them', () => {
    const { machine, files } = new Host();
    let woken = 0;
    const again = { wake: () => void woken++ };
    files.changed.add(again);
    unwrap(files.write('/home/new/compose.yml', 'services:\n', { uid: 1000 }));
    expect(woken).toBe(1);
    expect(files.stat('/home/new')).toMatchObject({ uid: 1000, type: 'directory' });
    const before = files.version;
    machine.run(['edit', '/srv/page', 'by a process']);
    expect(files.version).toBeGreaterThan(before);
    unwrap(files.remove('/srv/page'));
    expect(files.read('/srv/page')).toMatchObject({ error: 'ENOENT' });
    expect(unwrap(files.list('/srv'))).toEqual([]);
  });
});
