import type { FileTree } from '../kernel/fs/file-tree.ts';

/** The files of the lab host, an Ubuntu server. Programs that it has are added by name in `binaries`. */
export function hostFiles(hostname: string, nameserver: string, binaries: readonly string[]): FileTree {
  return {
    '/etc/hostname': { content: `${hostname}\n` },
    '/etc/hosts': {
      content: `127.0.0.1       localhost
127.0.1.1       ${hostname}
::1     localhost ip6-localhost ip6-loopback
`,
    },
    '/etc/resolv.conf': { content: `nameserver ${nameserver}\n` },
    '/etc/passwd': {
      content:
        'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\nuser:x:1000:1000:,,,:/home/user:/bin/bash\n',
    },
    '/etc/group': { content: 'root:x:0:\nsudo:x:27:user\nnogroup:x:65534:\ndocker:x:999:user\nuser:x:1000:\n' },
    '/etc/os-release': {
      content: 'PRETTY_NAME="Ubuntu 24.04 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n',
    },
    '/home/user': { directory: true, uid: 1000, gid: 1000 },
    '/root': { directory: true, mode: 0o700 },
    '/tmp': { directory: true, mode: 0o1777 },
    '/run': { directory: true },
    '/var/run': { symlink: '/run' },
    '/var/lib/docker': { directory: true, mode: 0o710 },
    '/var/log': { directory: true },
    '/usr/local/bin': { directory: true },
    '/bin': { symlink: 'usr/bin' },
    '/sbin': { symlink: 'usr/sbin' },
    ...Object.fromEntries(binaries.map((name) => [`/usr/bin/${name}`, { program: name, mode: 0o755 }])),
    '/usr/sbin': { directory: true },
  };
}
