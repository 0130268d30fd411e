import type { Flavor } from '../state/shell.ts';

/**
 * Programs that a real system has and this one doesn't. That they aren't found is the model's limit, and not the learner's mistake: a
 * line says so, and names what there is.
 */
const HINTS: readonly (readonly [hint: string, names: string])[] = [
  [
    'no packages can be had here: the programs that are there are all there are',
    'add-apt-repository apt apt-cache apt-get dpkg snap',
  ],
  ['services are not modelled here: the Docker engine always runs', 'journalctl service systemctl'],
  ["no editor runs in this terminal: use the editor beside it, or write a file with cat > FILE <<'END'", 'ed emacs'],
  ['there are no manual pages here: most commands answer --help', 'info man'],
  ['not modelled here: curl speaks to other machines', 'scp sftp slogin ssh telnet rsync'],
  ['programming languages are not modelled here: the shell, sed, awk and jq are', 'gawk gcc make perl python3 git'],
  ['not modelled on this host: the busybox image has it', 'nc wget'],
];

const HOST_NAMES = `
  add-shell addpart adduser agetty arch arpd arping at b2sum badblocks base32 basenc bashbug bc blkdiscard blkid
  blkzone blockdev bzip2 captoinfo chage chattr chcon chcpu chfn chgpasswd chgrp chmem choom chown chpasswd chroot
  chrt chsh cksum clear_console cmp column comm containerd cpgr cppw crontab csplit ctr ctrlaltdel ctstat dcb dd
  debugfs delpart devlink diff diff3 dir dircolors dmesg dnsdomainname docker-proxy dockerd domainname dumpe2fs
  e4crypt e4defrag ethtool expand expiry expr factor faillog fallocate fdisk file filefrag findfs findmnt flock fmt
  fold fsfreeze fstrim fuser genl getopt getty gpasswd groupadd groupdel groupmems groupmod groups grpck grpconv
  grpunconv gunzip gzexe gzip hardlink hostid hostnamectl htop infocmp infotocap install installkernel ionice
  ip6tables ip6tables-save ipcmk ipcrm ipcs ipmaddr iptables-restore iptunnel ischroot isosize join last lastb
  lastlog ldattach link lnstat logger login loginctl logname losetup lsattr lsb_release lsblk lscpu lsipc lslocks
  lslogins lsmem lsmod lsns lsof mawk mcookie mesg mii-tool mkfifo mknod mkswap modprobe mount mountpoint mtr namei
  nameif nc netplan newgrp newusers nft nice nisdomainname nmap nologin nproc nstat numfmt partx passwd paste patch
  pathchk peekfd pidwait pinky pivot_root plipconfig pmap poweroff pr prlimit prtstat pslog pstree ptx pwck pwconv
  pwdx pwunconv rarp rbash rdma readprofile reboot remove-shell renice resize2fs resizepart resolvectl rgrep rmmod
  routel rtacct rtcwake rtmon rtstat run-parts runc runcon runuser savelog screen script scriptlive scriptreplay
  sdiff setarch setpriv setsid setterm sg sha1sum sha224sum sha384sum sha512sum shadowconfig shred shuf shutdown
  skill slabtop slattach snice split ssh-add ssh-agent ssh-argv0 ssh-copy-id ssh-keygen ssh-keyscan stdbuf strace
  sulogin sum swaplabel swapoff swapon switch_root sync tabs taskset tc tempfile tic timedatectl tipc tload tmux toe
  tput tracepath tree truncate tset tsort tune2fs uclampset ufw umount uncompress unexpand unlink unshare unzip
  update-shells useradd userdel usermod users utmpdump vdir vdpa vigr vipw vmstat wall watch wdctl whereis who whois
  wipefs xxd xz ypdomainname zcat zcmp zdiff zegrep zfgrep zforce zgrep zip zless zmore znew zramctl
`;

const APPLET_NAMES = `
  acpid add-shell addgroup adduser adjtimex arch arping ascii base32 bc beep blkdiscard blkid blockdev bootchartd
  brctl bunzip2 bzcat bzip2 cal chat chattr chgrp chown chpasswd chpst chroot chrt chvt cksum cmp comm conspy cpio
  crc32 crond crontab cryptpw cttyhack dc dd deallocvt delgroup deluser depmod devmem diff dmesg dnsd dnsdomainname
  dos2unix dpkg dpkg-deb dumpkmap dumpleases ed eject envdir envuidgid ether-wake expand expr factor fakeidentd
  fallocate fatattr fbset fbsplash fdflush fdformat fdisk fgconsole findfs flock fold freeramdisk fsck fsfreeze
  fstrim fsync ftpd ftpget ftpput fuser getfattr getopt getty groups gunzip gzip halt hd hdparm hexedit hostid hush
  hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer ifdown ifenslave ifplugd ifup inetd init inotifyd insmod
  install ionice iostat ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel kbd_mode killall5 klogd last
  link linux32 linux64 loadfont loadkmap logger login logname logread losetup lpd lpq lpr lsattr lsmod lsof lspci
  lsscsi lsusb lzcat lzma lzop makedevs makemime man mdev mesg microcom mim mke2fs mkfifo mkfs mknod mkpasswd mkswap
  modinfo modprobe mount mountpoint mpstat mt nameif nanddump nandwrite nbd-client nice nmeter nologin nproc nsenter
  ntpd openvt partprobe passwd paste patch ping6 pipe_progress pivot_root pmap popmaildir poweroff powertop pscan
  pstree pwdx raidautorun rdate rdev readahead readprofile reboot reformime remove-shell renice resize resume rfkill
  rmmod rpm rpm2cpio rtcwake run-init run-parts runlevel runsv runsvdir rx script scriptreplay seedrng sendmail
  setarch setconsole setfattr setfont setkeycodes setlogcons setpriv setserial setsid setuidgid sha1sum sha3sum
  sha512sum showkey shred shuf slattach smemcap softlimit split ssl_client start-stop-daemon strings su sulogin sum
  sv svc svlogd svok swapoff swapon switch_root sync syslogd taskset tc tcpsvd telnet telnetd tftp tftpd time
  traceroute6 tree truncate ts tsort ttysize tunctl ubiattach ubidetach ubimkvol ubirename ubirmvol ubirsvol
  ubiupdatevol udhcpc udhcpc6 udhcpd udpsvd uevent umount unexpand unix2dos unlink unlzma unshare unxz unzip users
  usleep uudecode uuencode vconfig vlock volname wall watch watchdog who whois xxd xz xzcat zcat zcip
`;

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

const HOST: ReadonlyMap<string, string> = new Map([
  ...wordsOf(HOST_NAMES).map((name) => [name, 'not modelled on this simulated host'] as const),
  ...HINTS.flatMap(([hint, names]) => wordsOf(names).map((name) => [name, hint] as const)),
]);
const APPLETS = new Set(wordsOf(APPLET_NAMES));

/** Why a command that a real system would have is not found; null: a real one would not find it either. */
export function whyAbsent(flavor: Flavor, name: string): string | null {
  if (flavor === 'bash') return HOST.get(name) ?? null;
  return APPLETS.has(name) ? "this BusyBox lacks it: 'busybox --list' shows those that it has" : null;
}
