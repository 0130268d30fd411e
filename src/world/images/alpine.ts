import type { FileTree } from '../../kernel/fs/file-tree.ts';

/** What Alpine's base image has: BusyBox under its names, users, and who it is. */
export function alpineFiles(applets: readonly string[]): FileTree {
  return {
    '/bin/busybox': { program: 'busybox' },
    ...Object.fromEntries(applets.map((applet) => [`/bin/${applet}`, { symlink: '/bin/busybox' }])),
    '/etc/alpine-release': { content: '3.23.0\n' },
    '/etc/os-release': {
      content: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.23.0\nPRETTY_NAME="Alpine Linux v3.23"\n',
    },
    '/etc/passwd': {
      content:
        'root:x:0:0:root:/root:/bin/sh\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\nnginx:x:101:101:nginx:/var/cache/nginx:/sbin/nologin\n',
    },
    '/etc/group': { content: 'root:x:0:root\ndaemon:x:2:\nnobody:x:65534:\nnginx:x:101:nginx\n' },
    '/home': { directory: true },
    '/media': { directory: true },
    '/mnt': { directory: true },
    '/opt': { directory: true },
    '/root': { directory: true, mode: 0o700 },
    '/run': { directory: true },
    '/sbin': { directory: true },
    '/srv': { directory: true },
    '/sys': { directory: true },
    '/tmp': { directory: true, mode: 0o1777 },
    '/usr/bin': { directory: true },
    '/usr/local/bin': { directory: true },
    '/usr/sbin': { directory: true },
    '/var/run': { symlink: '../run' },
    '/var/tmp': { directory: true, mode: 0o1777 },
  };
}
