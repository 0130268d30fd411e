import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatMac } from '../../wire/address.ts';
import { flagsOf, nameOf } from '../ip/link-text.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
where  OBJECT := { link | fdb }
`;

/** bridge(8): ports of bridges and what the bridges have learned. Left out: changes, VLANs, multicast. */
export const bridge = declareProgram(
  {
    options: wordOptions(['link', 'fdb', 'mdb', 'vlan', 'vni', 'monitor', '-s', '-d', '-c'], {
      link: 'shows alone',
      fdb: 'shows alone',
      mdb: 'refused: link and fdb are here',
      vlan: 'refused: link and fdb are here',
      vni: 'refused: link and fdb are here',
      monitor: 'refused: link and fdb are here',
      s: 'without effect',
      d: 'without effect',
      c: 'no colours',
    }),
  },
  function* (proc) {
    const [object, verb = 'show', ...words] = proc.argv.slice(1).filter((word) => !/^-(?:c|color|s|d|o)/.test(word));
    if (object === undefined || object === 'help') {
      yield* proc.write(2, USAGE);
      return object === undefined ? 255 : 0;
    }
    const found = ['link', 'fdb', 'mdb', 'vlan', 'vni', 'monitor'].find((each) => each.startsWith(object));
    if (found === undefined) {
      yield* proc.write(2, `Object "${object}" is unknown, try "bridge help".\n`);
      return 255;
    }
    if (found !== 'link' && found !== 'fdb') {
      yield* proc.write(2, `bridge ${found} is not on this simulated host; link and fdb are.\n`);
      return 1;
    }
    if (!'show'.startsWith(verb) && !'list'.startsWith(verb)) {
      yield* proc.write(2, `bridge ${found} ${verb} is not on this simulated host; bridge ${found} show is.\n`);
      return 1;
    }
    return found === 'link' ? yield* showPorts(proc, words) : yield* showFdb(proc, words);
  },
);

function* showPorts(proc: Proc, words: readonly string[]): Sys<number> {
  const links = proc.net.links();
  const { dev, master } = restrictions(words);
  const missing = [dev, master].find((name) => name !== undefined && !links.some((each) => each.name === name));
  if (missing !== undefined) return yield* noDevice(proc, missing);
  const lines = links
    .filter(
      (link) =>
        link.master !== null &&
        (dev === undefined || link.name === dev) &&
        (master === undefined || link.master === master),
    )
    .map((link) => `${portLine(link, links)}\n`);
  yield* proc.write(1, lines.join(''));
  return 0;
}

function portLine(link: LinkInfo, links: readonly LinkInfo[]): string {
  const state = link.up && link.carrier ? 'forwarding' : 'disabled';
  return `${link.index}: ${nameOf(link, links, 'iproute2')}: <${flagsOf(link, links, 'iproute2')}> mtu ${link.mtu} master ${link.master} state ${state} priority 32 cost 2 `;
}

function* showFdb(proc: Proc, words: readonly string[]): Sys<number> {
  const links = proc.net.links();
  const { dev, master } = restrictions(words);
  const missing = [dev, master].find((name) => name !== undefined && !links.some((each) => each.name === name));
  if (missing !== undefined) return yield* noDevice(proc, missing);
  const lines = proc.net
    .fdb()
    .filter((entry) => (dev === undefined || entry.port === dev) && (master === undefined || entry.bridge === master))
    .map(({ mac, port, bridge: name, local }) => {
      const where = master === undefined && name !== port ? ` master ${name}` : '';
      return `${formatMac(mac)} dev ${port}${where}${local ? ' permanent' : ''}\n`;
    });
  yield* proc.write(1, lines.join(''));
  return 0;
}

function restrictions(words: readonly string[]): {
  readonly dev: string | undefined;
  readonly master: string | undefined;
} {
  const after = (...names: readonly string[]) => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? undefined : words[at + 1];
  };
  return { dev: after('dev', 'brport'), master: after('br', 'master') };
}

function* noDevice(proc: Proc, name: string): Sys<number> {
  yield* proc.write(2, `Cannot find device "${name}"\n`);
  return 1;
}
