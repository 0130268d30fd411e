/**
 * The names of what there is to execute: the files of images and machines are made of them, before the programs themselves have to be
 * there. `programs.test.ts` holds them against the programs.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** BusyBox's applets here. */
export const APPLET_NAMES = words(`
  awk base64 basename cat chmod clear cp cut date df dirname du egrep env fgrep find free grep head hexdump
  hostname id killall less ln ls md5sum mkdir mktemp more mv nl nohup od pgrep pidof pkill printenv ps readlink
  realpath reset rev rm rmdir sed seq sha256sum sleep sort stat stty sysctl tac tail tar tee timeout top touch
  tr tty uname uniq uptime vi wc which whoami xargs yes [ echo false kill printf pwd test true httpd arp
  ifconfig ip nc netstat nslookup ping ping6 route traceroute wget sh ash
`);

/** What stands in /usr/bin of the host. */
export const HOST_BINARY_NAMES = words(`
  awk base64 basename cat chmod clear cp cut date df dirname du egrep env fgrep find free grep head hexdump
  hostname id killall less ln ls md5sum mkdir mktemp more mv nl nohup od pgrep pidof pkill printenv ps readlink
  realpath reset rev rm rmdir sed seq sha256sum sleep sort stat stty sysctl tac tail tar tee timeout top touch
  tr tty uname uniq uptime vi wc which whoami xargs yes nano vim jq su sudo [ echo false kill printf pwd test
  true arp brctl bridge conntrack dig host ifconfig ip iptables iptables-save netstat nslookup nsenter ping route ss tcpdump traceroute
  curl bash sh docker docker-compose
`);
