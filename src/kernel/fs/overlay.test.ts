import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import { buildTree } from './build-tree.ts';
import type { FileTree } from './file-tree.ts';
import { DirectoryInode, FileInode, FileSystem, type Inode } from './inode.ts';
import { changesOf, createUpper, diskUsage } from './layers.ts';
import { OverlayDirectory } from './overlay.ts';

const lowerFileSystem = new FileSystem(6, 'overlay');
const layer = (tree: FileTree) => buildTree(lowerFileSystem, [tree], 0);
const overlay = (trees: readonly FileTree[], upper = createUpper(9)) =>
  new OverlayDirectory(upper, trees.map(layer).reverse());

function at(root: DirectoryInode, path: string): Inode | undefined {
  let here: Inode | undefined = root;
  for (const name of path.split('/').filter(Boolean))
    here = here instanceof DirectoryInode ? here.entries.get(name) : undefined;
  return here;
}

const textAt = (root: DirectoryInode, path: string) => {
  const inode = at(root, path);
  return inode instanceof FileInode ? decodeUtf8(inode.data) : undefined;
};
const folderAt = (root: DirectoryInode, path: string) => at(root, path) as DirectoryInode;
const fileAt = (root: DirectoryInode, path: string) => at(root, path) as FileInode;

describe('an overlay', () => {
  const base = { '/etc/hosts': { content: 'base' }, '/etc/passwd': { content: 'root' }, '/bin/sh': { program: 'sh' } };

  it('shows the highest layer that has a name', () => {
    const root = overlay([base, { '/etc/hosts': { content: 'second' } }]);
    expect(textAt(root, '/etc/hosts')).toBe('second');
    expect(textAt(root, '/etc/passwd')).toBe('root');
    expect([...folderAt(root, '/etc').entries.keys()].sort()).toEqual(['hosts', 'passwd']);
  });

  it('copies a file up when it is written, and leaves the layers as they are', () => {
    const lower = layer(base);
    const one = new OverlayDirectory(createUpper(9), [lower]);
    const two = new OverlayDirectory(createUpper(10), [lower]);
    const inode = fileAt(one, '/etc/hosts');
    const { number } = inode;
    inode.writeAt(4, encodeUtf8('+'));
    expect(textAt(one, '/etc/hosts')).toBe('base+');
    expect(fileAt(one, '/etc/hosts').number).toBe(number);
    expect(textAt(two, '/etc/hosts')).toBe('base');
    expect(textAt(lower, '/etc/hosts')).toBe('base');
    expect(textAt(one.upper, '/etc/hosts')).toBe('base+');
    expect(at(one.upper, '/etc/passwd')).toBeUndefined();
  });

  it('copies up on a change of mode alone', () => {
    const root = overlay([base]);
    fileAt(root, '/etc/passwd').changeAttributes((inode) => {
      inode.mode = 0o600;
    });
    folderAt(root, '/bin').changeAttributes((inode) => {
      inode.mode = 0o700;
    });
    expect(at(root.upper, '/etc/passwd')?.mode).toBe(0o600);
    expect(at(root.upper, '/bin')?.mode).toBe(0o700);
  });

  it('hides what was removed, and makes an opaque folder over it', () => {
    const root = overlay([base]);
    root.entries.delete('etc');
    expect(at(root, '/etc')).toBeUndefined();
    root.entries.set('etc', new DirectoryInode(root.fileSystem, 0o755));
    expect([...folderAt(root, '/etc').entries.keys()]).toEqual([]);
    const again = new OverlayDirectory(root.upper, root.lowers);
    expect([...folderAt(again, '/etc').entries.keys()]).toEqual([]);
  });

  it('says how it differs from its layers, as docker diff does', () => {
    const root = overlay([base]);
    fileAt(root, '/etc/hosts').data = encodeUtf8('new');
    folderAt(root, '/etc').entries.delete('passwd');
    folderAt(root, '/').entries.set('tmp', new DirectoryInode(root.fileSystem, 0o755));
    folderAt(root, '/tmp').entries.set('x', new FileInode(root.fileSystem, 0o644));
    expect(changesOf(root)).toEqual([
      { path: '/etc', kind: 'C' },
      { path: '/etc/hosts', kind: 'C' },
      { path: '/etc/passwd', kind: 'D' },
      { path: '/tmp', kind: 'A' },
      { path: '/tmp/x', kind: 'A' },
    ]);
    expect(diskUsage(root.upper)).toBe(3);
  });
});

/** A plain tree, to hold the overlay against. */
type Plain = string | { [name: string]: Plain };

const NAMES = ['a', 'b', 'c'];
const plainTree: fc.Arbitrary<Plain> = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('x', 'y'),
    fc.dictionary(fc.constantFrom(...NAMES), tie('tree'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).tree;
const plainFolder = fc.dictionary(fc.constantFrom(...NAMES), plainTree, { maxKeys: 3, noNullPrototype: true });

function build(plain: { [name: string]: Plain }, fileSystem = lowerFileSystem): DirectoryInode {
  const folder = new DirectoryInode(fileSystem, 0o755);
  for (const [name, each] of Object.entries(plain)) {
    if (typeof each !== 'string') folder.entries.set(name, build(each, fileSystem));
    else {
      const file = new FileInode(fileSystem, 0o644);
      file.data = encodeUtf8(each);
      folder.entries.set(name, file);
    }
  }
  return folder;
}

/** A higher tree laid over a lower one. */
function lay(below: { [name: string]: Plain }, above: { [name: string]: Plain }): { [name: string]: Plain } {
  const all = { ...below };
  for (const [name, each] of Object.entries(above)) {
    const old = all[name];
    all[name] = typeof each === 'object' && typeof old === 'object' ? lay(old, each) : each;
  }
  return all;
}

function read(inode: Inode): Plain {
  if (inode instanceof FileInode) return decodeUtf8(inode.data);
  return Object.fromEntries([...(inode as DirectoryInode).entries].map(([name, each]) => [name, read(each)]));
}

const action = fc.record({
  what: fc.constantFrom('write', 'append', 'makeFolder', 'remove', 'remount'),
  path: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }),
});

describe('any overlay', () => {
  it('behaves like one plain tree, and never changes a lower layer', () => {
    fc.assert(
      fc.property(
        fc.array(plainFolder, { minLength: 1, maxLength: 3 }),
        fc.array(action, { maxLength: 25 }),
        (layers, actions) => {
          const lowers = layers.map((each) => build(each));
          let root = new OverlayDirectory(createUpper(9), [...lowers].reverse());
          const model = structuredClone(layers.reduce((sum, each) => lay(sum, each), {}));
          for (const { what, path } of actions) {
            if (what === 'remount') {
              root = new OverlayDirectory(root.upper, root.lowers);
              continue;
            }
            const names = path.slice(0, -1);
            const name = path.at(-1) as string;
            const folder = names.length === 0 ? root : at(root, names.join('/'));
            let plain: Plain | undefined = model;
            for (const each of names) plain = typeof plain === 'object' ? plain[each] : undefined;
            expect(folder instanceof DirectoryInode).toBe(typeof plain === 'object');
            if (!(folder instanceof DirectoryInode) || typeof plain !== 'object') continue;
            const old = folder.entries.get(name);
            if (what === 'remove') {
              folder.entries.delete(name);
              delete plain[name];
            } else if (what === 'makeFolder' && !old) {
              folder.entries.set(name, new DirectoryInode(folder.fileSystem, 0o755));
              plain[name] = {};
            } else if (what === 'append' && old instanceof FileInode) {
              old.writeAt(old.size, encodeUtf8('+'));
              plain[name] = `${plain[name] as string}+`;
            } else if (what === 'write' && !(old instanceof DirectoryInode)) {
              const file = old instanceof FileInode ? old : new FileInode(folder.fileSystem, 0o644);
              file.data = encodeUtf8('w');
              if (!old) folder.entries.set(name, file);
              plain[name] = 'w';
            }
          }
          expect(read(root)).toEqual(model);
          expect(lowers.map(read)).toEqual(layers);
          expect(read(new OverlayDirectory(root.upper, root.lowers))).toEqual(model);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});
