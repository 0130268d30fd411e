import type { Result } from '../../base/result.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, parseIpv4, parseMac } from '../../wire/address.ts';
import { type Cidr, contains, parseCidr } from '../../wire/cidr.ts';
import { showAddresses, showLinks } from './address-text.ts';
import type { Face } from './link-text.ts';
import { neighborLine, routeLine } from './route-text.ts';

interface Request {
  readonly proc: Proc;
  readonly face: Face;
  readonly family: 4 | 6 | null;
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly args: readonly string[];
}

const OBJECTS = [
  'address',
  'link',
  'route',
  'neighbour',
  'neighbor',
  'rule',
  'netns',
  'maddress',
  'tunnel',
  'monitor',
] as const;
const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
where  OBJECT := { address | link | route | neigh | rule }
       OPTIONS := { -4 | -6 | -br | -o | -s | -d }
`;

/** `ip`, in iproute2's face on the host and BusyBox's in the images: what it shows and changes are the kernel's own tables. */
export const ipProgram = (face: Face): Program =>
  function* (proc) {
    let family: 4 | 6 | null = null;
    let brief = false;
    let oneLine = false;
    let i = 1;
    for (; proc.argv[i]?.startsWith('-'); i++) {
      const option = (proc.argv[i] as string).replace(/^--/, '-');
      if (option === '-4') family = 4;
      else if (option === '-6') family = 6;
      else if ('-brief'.startsWith(option) && option.startsWith('-br')) brief = true;
      else if (option === '-o' || option === '-oneline') oneLine = true;
      else if (option === '-f' || option === '-family') family = proc.argv[++i] === 'inet6' ? 6 : 4;
      else if (!['-s', '-d', '-c', '-color', '-details', '-statistics', '-n', '-h'].includes(option))
        return yield* complain(proc, `Option "${option}" is unknown, try "ip -help".`, 255);
    }
    const object = proc.argv[i];
    if (object === undefined || object === 'help') {
      yield* proc.write(2, USAGE);
      return object === undefined ? 255 : 0;
    }
    const found = OBJECTS.find((each) => each.startsWith(object));
    const request: Request = { proc, face, family, brief, oneLine, args: proc.argv.slice(i + 1) };
    switch (found) {
      case 'address':
        return yield* address(request);
      case 'link':
        return yield* link(request);
      case 'route':
        return yield* route(request);
      case 'neighbour':
      case 'neighbor':
        return yield* neighbor(request);
      case 'rule':
        yield* proc.write(
          1,
          '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n',
        );
        return 0;
      case 'netns':
        return 0;
      case undefined:
        return yield* complain(proc, `Object "${object}" is unknown, try "ip help".`, 1);
      default:
        return yield* complain(
          proc,
          `ip ${found} is not on this simulated host; address, link, route, neigh and rule are.`,
          1,
        );
    }
  };

function* complain(proc: Proc, text: string, exit: number): Sys<number> {
  yield* proc.write(2, `${text}\n`);
  return exit;
}

/** The kernel's answer to a change, in iproute2's words. */
function* done({ proc, face }: Request, result: Result<void, Errno>): Sys<number> {
  if (result.ok) return 0;
  const words = strerror(result.error, proc.library);
  return yield* complain(
    proc,
    face === 'busybox' ? `ip: RTNETLINK answers: ${words}` : `RTNETLINK answers: ${words}`,
    2,
  );
}

/** `dev X`, or the one word that is no keyword. */
function deviceOf(args: readonly string[]): string | null {
  const at = args.indexOf('dev');
  if (at >= 0) return args[at + 1] ?? null;
  return args.find((arg) => !['show', 'list', 'ls', 'up'].includes(arg)) ?? null;
}

const valueOf = (args: readonly string[], ...names: readonly string[]): string | undefined => {
  const at = args.findIndex((arg) => names.includes(arg));
  return at < 0 ? undefined : args[at + 1];
};

const isShow = (verb: string | undefined) =>
  verb === undefined || ['show', 'list', 'ls', 'sh', 's', 'l', 'dev', 'up'].includes(verb);

function* address(request: Request): Sys<number> {
  const { proc, args, face, family, brief, oneLine } = request;
  const [verb] = args;
  if (isShow(verb)) {
    const device = deviceOf(args);
    if (device !== null && !proc.net.links().some((each) => each.name === device))
      return yield* noDevice(request, device);
    yield* proc.write(
      1,
      showAddresses(proc.net, { device, family, brief, oneLine, upOnly: args.includes('up') && device !== 'up' }, face),
    );
    return 0;
  }
  const text = args.find((arg) => /^[\d.]+(\/\d+)?$/.test(arg)) ?? '';
  const parsed = parseCidr(text.includes('/') ? text : `${text}/32`);
  const device = valueOf(args, 'dev');
  if (verb === 'flush') {
    for (const each of proc.net.addresses().filter((one) => one.device === device))
      proc.net.removeAddress(each.device, each.address);
    return 0;
  }
  if (!parsed.ok)
    return yield* complain(proc, `Error: any valid prefix is expected rather than "${text || (args[1] ?? '')}".`, 1);
  if (device === undefined) return yield* complain(proc, 'Not enough information: "dev" argument is required.', 255);
  if (verb === 'add' || verb === 'a' || verb === 'replace')
    return yield* done(request, proc.net.addAddress(device, parsed.value));
  if (verb === 'del' || verb === 'delete' || verb === 'd')
    return yield* done(request, proc.net.removeAddress(device, parsed.value));
  return yield* complain(proc, `Command "${verb}" is unknown, try "ip address help".`, 255);
}

function* noDevice({ proc, face }: Request, device: string): Sys<number> {
  return yield* complain(
    proc,
    face === 'busybox' ? `ip: can't find device '${device}'` : `Device "${device}" does not exist.`,
    1,
  );
}

function* link(request: Request): Sys<number> {
  const { proc, args, face, brief } = request;
  const [verb, ...rest] = args;
  if (isShow(verb)) {
    const device = deviceOf(args);
    if (device !== null && !proc.net.links().some((each) => each.name === device))
      return yield* noDevice(request, device);
    yield* proc.write(1, showLinks(proc.net, { device, brief, upOnly: args.includes('up') }, face));
    return 0;
  }
  if (proc.uid !== 0) return yield* done(request, { ok: false, error: 'EPERM' });
  const name = valueOf(rest, 'dev', 'name') ?? rest.find((word) => word !== 'dev') ?? '';
  if (verb === 'del' || verb === 'delete') {
    if (!proc.net.links().some((each) => each.name === name))
      return yield* complain(proc, `Cannot find device "${name}"`, 1);
    return yield* done(request, proc.net.removeLink(name));
  }
  if (verb === 'add') {
    const kind = valueOf(rest, 'type');
    if (kind !== 'veth' && kind !== 'bridge' && kind !== 'dummy')
      return yield* complain(proc, `Error: Unknown device type. This simulated host makes veth, bridge and dummy.`, 2);
    const peer = rest.indexOf('peer');
    const peerName = peer < 0 ? undefined : valueOf(rest.slice(peer), 'name');
    return yield* done(request, proc.net.addLink({ name, kind, ...(peerName !== undefined && { peer: peerName }) }));
  }
  if (verb !== 'set') return yield* complain(proc, `Command "${verb}" is unknown, try "ip link help".`, 255);
  if (!proc.net.links().some((each) => each.name === name))
    return yield* complain(
      proc,
      face === 'busybox' ? `ip: can't find device '${name}'` : `Cannot find device "${name}"`,
      1,
    );
  const mac = parseMac(valueOf(rest, 'address') ?? '');
  const rename = rest.lastIndexOf('name') > 0 ? valueOf(rest.slice(1), 'name') : undefined;
  return yield* done(
    request,
    proc.net.setLink(name, {
      ...(rest.includes('up') && { up: true }),
      ...(rest.includes('down') && { up: false }),
      ...(valueOf(rest, 'mtu') !== undefined && { mtu: Number(valueOf(rest, 'mtu')) }),
      ...(mac.ok && { mac: mac.value }),
      ...(valueOf(rest, 'master') !== undefined && { master: valueOf(rest, 'master') as string }),
      ...(rest.includes('nomaster') && { master: null }),
      ...(valueOf(rest, 'promisc') !== undefined && { promiscuous: valueOf(rest, 'promisc') === 'on' }),
      ...(rename !== undefined && rename !== name && { name: rename }),
    }),
  );
}

function* route(request: Request): Sys<number> {
  const { proc, args, face, family } = request;
  const [verb, ...rest] = args;
  if (family === 6) return 0;
  if (verb === 'get') return yield* routeGet(request, rest);
  if (isShow(verb) || verb === 'table') {
    const device = valueOf(args, 'dev');
    const all = args.includes('local') || args.includes('all');
    const rows = proc.net
      .routes({ all })
      .filter(
        (each) =>
          (device === undefined || each.device === device) && (!all || each.table === 'local' || args.includes('all')),
      );
    yield* proc.write(1, rows.map((each) => `${routeLine(each, face)}\n`).join(''));
    return 0;
  }
  if (proc.uid !== 0) return yield* done(request, { ok: false, error: 'EPERM' });
  const words = ['blackhole', 'unreachable', 'prohibit'].includes(rest[0] ?? '') ? rest.slice(1) : rest;
  const target = words[0] ?? '';
  const destination: Cidr | null = target === 'default' ? { address: 0 as never, prefix: 0 } : readDestination(target);
  if (!destination) return yield* complain(proc, `Error: any valid prefix is expected rather than "${target}".`, 1);
  const gateway = parseIpv4(valueOf(words, 'via') ?? '');
  const source = parseIpv4(valueOf(words, 'src') ?? '');
  const device = valueOf(words, 'dev');
  const metric = valueOf(words, 'metric');
  const change = {
    destination,
    ...(gateway.ok && { gateway: gateway.value }),
    ...(source.ok && { source: source.value }),
    ...(device !== undefined && { device }),
    ...(metric !== undefined && { metric: Number(metric) }),
    ...(words !== rest && { type: rest[0] as 'blackhole' | 'unreachable' | 'prohibit' }),
  };
  if (device !== undefined && !proc.net.links().some((each) => each.name === device))
    return yield* complain(proc, `Cannot find device "${device}"`, 1);
  if (verb === 'add' || verb === 'append') return yield* done(request, proc.net.addRoute(change));
  if (verb === 'del' || verb === 'delete') return yield* done(request, proc.net.removeRoute(change));
  if (verb === 'replace' || verb === 'change') {
    proc.net.removeRoute({ destination });
    return yield* done(request, proc.net.addRoute(change));
  }
  return yield* complain(proc, `Command "${verb}" is unknown, try "ip route help".`, 255);
}

function readDestination(text: string): Cidr | null {
  const parsed = parseCidr(text.includes('/') ? text : `${text}/32`);
  return parsed.ok ? parsed.value : null;
}

function* routeGet(request: Request, [text = '']: readonly string[]): Sys<number> {
  const { proc } = request;
  const address = parseIpv4(text);
  if (!address.ok) return yield* complain(proc, `Error: any valid address is expected rather than "${text}".`, 1);
  const found = proc.net.routeTo(address.value);
  if (!found.ok) return yield* done(request, found);
  const { gateway, device, source, type } = found.value;
  const local = type === 'local' || contains({ address: 0x7f000000 as never, prefix: 8 }, address.value);
  const parts = [
    `${local ? 'local ' : ''}${formatIpv4(address.value)}`,
    ...(gateway === null ? [] : [`via ${formatIpv4(gateway)}`]),
    `dev ${local ? 'lo' : device}`,
    `src ${formatIpv4(source)}`,
  ];
  yield* proc.write(
    1,
    request.face === 'busybox'
      ? `${parts.join(' ')} \n`
      : `${parts.join(' ')} uid ${proc.uid} \n    cache ${local ? '<local> ' : ''}\n`,
  );
  return 0;
}

function* neighbor(request: Request): Sys<number> {
  const { proc, args } = request;
  const [verb, ...rest] = args;
  if (isShow(verb)) {
    const device = valueOf(args, 'dev');
    const rows = proc.net
      .neighbors()
      .filter((each) => (device === undefined || each.device === device) && each.state !== 'noarp');
    yield* proc.write(1, rows.map((each) => `${neighborLine(each)} \n`).join(''));
    return 0;
  }
  if (proc.uid !== 0) return yield* done(request, { ok: false, error: 'EPERM' });
  const device = valueOf(rest, 'dev');
  if (verb === 'flush') {
    proc.net.flushNeighbors(device ?? (rest[0] === 'all' || rest[0] === undefined ? undefined : rest[0]));
    return 0;
  }
  const address = parseIpv4(rest[0] ?? '');
  if (!address.ok || device === undefined)
    return yield* complain(proc, 'Device and destination are required arguments.', 255);
  if (verb === 'del') return yield* done(request, proc.net.removeNeighbor({ address: address.value, device }));
  const mac = parseMac(valueOf(rest, 'lladdr') ?? '');
  if (!mac.ok) return yield* complain(proc, 'Error: a hardware address is expected after "lladdr".', 255);
  return yield* done(request, proc.net.addNeighbor({ address: address.value, device, mac: mac.value }));
}
