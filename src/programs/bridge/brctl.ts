import type { Result } from '../../base/result.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatMac } from '../../wire/address.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';

const USAGE = `Usage: brctl [commands]
commands:
\taddbr     \t<bridge>\t\tadd bridge
\tdelbr     \t<bridge>\t\tdelete bridge
\taddif     \t<bridge> <device>\tadd interface to bridge
\tdelif     \t<bridge> <device>\tdelete interface from bridge
\tshow      \t[ <bridge> ]\t\tshow a list of bridges
\tshowmacs  \t<bridge>\t\tshow a list of mac addrs
`;

/** brctl(8) of bridge-utils. Left out: the spanning tree's settings, which it says. */
export const brctl = declareProgram(
  { options: wordOptions(['addbr=', 'delbr=', 'addif=', 'delif=', 'show', 'showmacs=']) },
  function* (proc) {
    const [verb, name, port] = proc.argv.slice(1);
    const fail = function* (text: string) {
      yield* proc.write(2, `${text}\n`);
      return 1;
    };
    if (verb === undefined) {
      yield* proc.write(2, USAGE);
      return 1;
    }
    if (verb === 'show') return yield* show(proc, proc.argv.slice(2));
    if (!['addbr', 'delbr', 'addif', 'delif', 'showmacs'].includes(verb)) {
      yield* proc.write(2, `never heard of command [${verb}] on this simulated host\n${USAGE}`);
      return 1;
    }
    if (name === undefined || (verb.endsWith('if') && port === undefined))
      return yield* fail(`Incorrect number of arguments for command`);
    const bridge = proc.net.links().find((each) => each.name === name);
    if (verb === 'showmacs')
      return bridge?.kind === 'bridge'
        ? yield* showMacs(proc, name)
        : yield* fail(`read of forward table failed: No such device`);
    const act = (change: () => Result<void, Errno>): Result<void, Errno> =>
      proc.uid === 0 ? change() : { ok: false, error: 'EPERM' };
    if (verb === 'addbr') {
      const added = act(() => proc.net.addLink({ name, kind: 'bridge' }));
      if (added.ok) return 0;
      return yield* fail(
        added.error === 'EEXIST'
          ? `device ${name} already exists; can't create bridge with the same name`
          : `add bridge failed: ${strerror(added.error, 'glibc')}`,
      );
    }
    if (bridge?.kind !== 'bridge')
      return yield* fail(
        verb === 'delbr' ? `bridge ${name} doesn't exist; can't delete it` : `bridge ${name} does not exist!`,
      );
    if (verb === 'delbr') {
      if (bridge.up) return yield* fail(`bridge ${name} is still up; can't delete it`);
      const removed = act(() => proc.net.removeLink(name));
      return removed.ok ? 0 : yield* fail(`can't delete bridge ${name}: ${strerror(removed.error, 'glibc')}`);
    }
    const device = port as string;
    const link = proc.net.links().find((each) => each.name === device);
    if (!link) return yield* fail(`interface ${device} does not exist!`);
    if (verb === 'addif' && link.master !== null)
      return yield* fail(`device ${device} is already a member of a bridge; can't enslave it to bridge ${name}.`);
    if (verb === 'delif' && link.master !== name) return yield* fail(`device ${device} is not a slave of ${name}`);
    const set = act(() => proc.net.setLink(device, { master: verb === 'addif' ? name : null }));
    const verbText = verb === 'addif' ? `can't add ${device} to bridge ${name}` : `can't delete ${device} from ${name}`;
    return set.ok ? 0 : yield* fail(`${verbText}: ${strerror(set.error, 'glibc')}`);
  },
);

function* show(proc: Proc, names: readonly string[]): Sys<number> {
  const links = proc.net.links();
  yield* proc.write(1, 'bridge name\tbridge id\t\tSTP enabled\tinterfaces\n');
  const asked = names.length > 0 ? names : links.flatMap(({ kind, name }) => (kind === 'bridge' ? [name] : [])).sort();
  let status = 0;
  for (const name of asked) {
    const link = links.find((each) => each.name === name);
    if (link?.kind === 'bridge') yield* proc.write(1, row(link, links));
    else {
      yield* proc.write(2, `${link ? `device ${name} is not a bridge!` : `bridge ${name} does not exist!`}\n`);
      status = 1;
    }
  }
  return status;
}

function row({ name, mac }: LinkInfo, links: readonly LinkInfo[]): string {
  const ports = links.flatMap((each) => (each.master === name ? [each.name] : [])).sort();
  return `${name}\t\t8000.${formatMac(mac).replaceAll(':', '')}\tno\t\t${ports.join('\n\t\t\t\t\t\t\t')}\n`;
}

function* showMacs(proc: Proc, name: string): Sys<number> {
  const ports = proc.net.links().flatMap((each) => (each.master === name ? [each.name] : []));
  const rows = proc.net
    .fdb()
    .filter((each) => each.bridge === name && each.port !== name)
    .toSorted((a, b) => a.mac - b.mac)
    .map(({ mac, port, local, age }) => {
      const seconds = local ? '0.00' : (age / 1e9).toFixed(2);
      return `${String(ports.indexOf(port) + 1).padStart(3)}\t${formatMac(mac)}\t${local ? 'yes' : 'no'}\t\t${seconds.padStart(7)}\n`;
    });
  yield* proc.write(1, `port no\tmac addr\t\tis local?\tageing timer\n${rows.join('')}`);
  return 0;
}
