import { sha256 } from '../../base/sha256.ts';

/** Runs what stands in /docker-entrypoint.d when nginx is to be started, then becomes the command. */
export const ENTRYPOINT = `#!/bin/sh
set -e

say() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: $*"
}

if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then
    steps=/docker-entrypoint.d
    if [ -n "$(ls $steps 2>/dev/null)" ]; then
        say "$steps/ is not empty, will attempt to perform configuration"
        say "Looking for shell scripts in $steps/"
        for step in $steps/*; do
            case "$step" in
                *.envsh)
                    if [ -x "$step" ]; then
                        say "Sourcing $step"
                        . "$step"
                    else
                        say "Ignoring $step, not executable"
                    fi
                    ;;
                *.sh)
                    if [ -x "$step" ]; then
                        say "Launching $step"
                        "$step"
                    else
                        say "Ignoring $step, not executable"
                    fi
                    ;;
                *) say "Ignoring $step" ;;
            esac
        done
        say "Configuration complete; ready for start up"
    else
        say "No files found in $steps/, skipping configuration"
    fi
fi

exec "$@"
`;

/** Adds the IPv6 socket to the default server, unless somebody has changed that file. */
const listenOnIpv6 = (checksum: string) => `#!/bin/sh
set -e

me=$(basename "$0")
conf=/etc/nginx/conf.d/default.conf
say() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$me: $*"
}

if [ ! -e /proc/net/if_inet6 ]; then
    say "info: ipv6 not available"
    exit 0
fi
if [ ! -f $conf ]; then
    say "info: $conf is not a file or does not exist"
    exit 0
fi
if ! touch $conf 2>/dev/null; then
    say "info: can not modify $conf (read-only file system?)"
    exit 0
fi
if grep -q 'listen  \\[::\\]:80;' $conf; then
    say "info: IPv6 listen already enabled"
    exit 0
fi
say "info: Getting the checksum of $conf"
sum=$(sha256sum $conf)
if [ "\${sum%% *}" != ${checksum} ]; then
    say "info: $conf differs from the packaged version"
    exit 0
fi
sed -i 's,listen       80;,listen       80;\\n    listen  [::]:80;,' $conf
say "info: Enabled listen on IPv6 in $conf"
`;

/** Offers the name servers to templates. */
const LOCAL_RESOLVERS = `#!/bin/sh
if [ -n "\${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then
    NGINX_LOCAL_RESOLVERS=$(grep '^nameserver' /etc/resolv.conf | cut -d ' ' -f 2 | tr '\\n' ' ')
    NGINX_LOCAL_RESOLVERS=\${NGINX_LOCAL_RESOLVERS% }
    export NGINX_LOCAL_RESOLVERS
fi
`;

/** Fills the environment into templates. */
const ENVSUBST_TEMPLATES = `#!/bin/sh
set -e

me=$(basename "$0")
from=\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
to=\${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
suffix=\${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
say() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$me: $*"
}

[ -d "$from" ] || exit 0
# Names that the environment lacks are nginx's own variables: they stay.
names=$(env | sed -n 's/^\\([A-Za-z_][A-Za-z_0-9]*\\)=.*/$\\1/p')
for template in "$from"/*"$suffix"; do
    [ -f "$template" ] || continue
    name=$(basename "$template" "$suffix")
    say "Running envsubst on $template to $to/$name"
    envsubst "$names" < "$template" > "$to/$name"
done
`;

/** As many workers as there are processors, when asked to. */
const TUNE_WORKERS = `#!/bin/sh
[ -n "\${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ] || exit 0
sed -i "s/^worker_processes .*/worker_processes  $(grep -c ^processor /proc/cpuinfo);/" /etc/nginx/nginx.conf
`;

/** The scripts of /docker-entrypoint.d in their order. @param packaged the default server's configuration as it comes */
export function entrypointScripts(packaged: string): readonly (readonly [name: string, content: string])[] {
  return [
    ['10-listen-on-ipv6-by-default.sh', listenOnIpv6(sha256(packaged))],
    ['15-local-resolvers.envsh', LOCAL_RESOLVERS],
    ['20-envsubst-on-templates.sh', ENVSUBST_TEMPLATES],
    ['30-tune-worker-processes.sh', TUNE_WORKERS],
  ];
}
