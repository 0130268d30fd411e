import type { FileTree } from '../../kernel/fs/file-tree.ts';
import type { ImageDefinition } from '../../dockerd/image/image.ts';
import { alpineFiles } from './alpine.ts';
import { DEFAULT_CONF, MIME_TYPES, NGINX_CONF } from './nginx-config.ts';
import { ENTRYPOINT, entrypointScripts } from './nginx-entrypoint.ts';
import { ERROR_PAGE, WELCOME_PAGE } from './nginx-pages.ts';

function nginxFiles(): FileTree {
  return {
    '/usr/sbin/nginx': { program: 'nginx' },
    '/usr/bin/curl': { program: 'curl' },
    '/usr/bin/envsubst': { program: 'envsubst' },
    '/etc/nginx/nginx.conf': { content: NGINX_CONF },
    '/etc/nginx/mime.types': { content: MIME_TYPES },
    '/etc/nginx/conf.d/default.conf': { content: DEFAULT_CONF },
    '/usr/share/nginx/html/index.html': { content: WELCOME_PAGE },
    '/usr/share/nginx/html/50x.html': { content: ERROR_PAGE },
    '/var/cache/nginx': { directory: true, uid: 101 },
    '/var/log/nginx/access.log': { symlink: '/dev/stdout' },
    '/var/log/nginx/error.log': { symlink: '/dev/stderr' },
    '/docker-entrypoint.sh': { content: ENTRYPOINT, mode: 0o755 },
    ...Object.fromEntries(
      entrypointScripts(DEFAULT_CONF).map(([name, content]) => [
        `/docker-entrypoint.d/${name}`,
        { content, mode: 0o755 },
      ]),
    ),
  };
}

/** nginx:alpine: nginx 1.30 on Alpine, with curl. */
export function nginxImage(applets: readonly string[], created: string): ImageDefinition {
  return {
    reference: 'nginx:alpine',
    config: {
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'NGINX_VERSION=1.30.6',
        'PKG_RELEASE=1',
        'DYNPKG_RELEASE=1',
      ],
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
      Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
    },
    library: 'musl',
    layers: [alpineFiles(applets), nginxFiles()],
    created,
    size: 14_870_000,
  };
}
