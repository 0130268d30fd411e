import type { FileTree } from '../../kernel/fs/file-tree.ts';
import type { ImageDefinition } from '../../dockerd/image/image.ts';

/** The files that a BusyBox root has: one program under many names. */
export function busyboxFiles(applets: readonly string[]): FileTree {
  return {
    '/bin/busybox': { program: 'busybox' },
    ...Object.fromEntries(applets.map((applet) => [`/bin/${applet}`, { hardLink: '/bin/busybox' }])),
    '/etc/passwd': {
      content:
        'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
    },
    '/etc/group': { content: 'root:x:0:\ndaemon:x:1:\nnobody:x:65534:\n' },
    '/etc/network': { directory: true },
    '/home': { directory: true },
    '/root': { directory: true, mode: 0o700 },
    '/tmp': { directory: true, mode: 0o1777 },
    '/usr/bin': { symlink: '/bin' },
    '/usr/sbin': { symlink: '/bin' },
    '/sbin': { symlink: '/bin' },
    '/var': { directory: true },
    '/sys': { directory: true },
  };
}

/** busybox:latest: BusyBox 1.37 on musl. */
export function busyboxImage(applets: readonly string[], created: string): ImageDefinition {
  return {
    reference: 'busybox:latest',
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
    library: 'musl',
    layers: [busyboxFiles(applets)],
    created,
    size: 1_180_000,
  };
}
