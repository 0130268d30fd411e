import type { Program } from '../../kernel/syscalls/proc.ts';
import { awk } from './awk/awk.ts';
import { basename, chmod, dirname, readlink, realpath, stat } from './files/attributes.ts';
import { cp, ln, mv } from './files/copy-and-move.ts';
import { find } from './files/find.ts';
import { ls } from './files/ls.ts';
import { mkdir, mktemp, rm, rmdir, touch } from './files/make-and-remove.ts';
import { tar } from './files/tar.ts';
import { df, du } from './files/usage.ts';
import { env, nohup, printenv, timeout, which, xargs } from './system/environment.ts';
import { date, free, hostname, id, sleep, sysctl, uname, uptime, whoami } from './system/machine.ts';
import { killall, pgrep, pidof, pkill, ps, top } from './system/processes.ts';
import { clear, editor, less, more, reset, stty, tty } from './system/terminal.ts';
import { cat } from './text/cat.ts';
import { cut, tr } from './text/cut-tr.ts';
import { base64, hexdump, md5sum, od, sha256sum } from './text/digests-and-dumps.ts';
import { egrep, fgrep, grep } from './text/grep.ts';
import { head, tail } from './text/head-tail.ts';
import { sed } from './text/sed.ts';
import { sort } from './text/sort.ts';
import { nl, rev, seq, tac, tee, uniq, wc, yes } from './text/text-filters.ts';

/**
 * The tools about files, texts, processes and the machine, by name: BusyBox's applets in images, and the host's programs. Those that
 * shells have as builtins, too (echo, printf, test, kill, pwd, true), stand with the shell.
 */
export const COREUTILS_APPLETS: ReadonlyMap<string, Program> = new Map(
  Object.entries({
    awk,
    base64,
    basename,
    cat,
    chmod,
    clear,
    cp,
    cut,
    date,
    df,
    dirname,
    du,
    egrep,
    env,
    fgrep,
    find,
    free,
    grep,
    head,
    hexdump,
    hostname,
    id,
    killall,
    less,
    ln,
    ls,
    md5sum,
    mkdir,
    mktemp,
    more,
    mv,
    nl,
    nohup,
    od,
    pgrep,
    pidof,
    pkill,
    printenv,
    ps,
    readlink,
    realpath,
    reset,
    rev,
    rm,
    rmdir,
    sed,
    seq,
    sha256sum,
    sleep,
    sort,
    stat,
    stty,
    sysctl,
    tac,
    tail,
    tar,
    tee,
    timeout,
    top,
    touch,
    tr,
    tty,
    uname,
    uniq,
    uptime,
    vi: editor,
    wc,
    which,
    whoami,
    xargs,
    yes,
  }),
);

/** Editors that only the host has. */
export const HOST_EDITORS: ReadonlyMap<string, Program> = new Map([
  ['nano', editor],
  ['vim', editor],
]);
