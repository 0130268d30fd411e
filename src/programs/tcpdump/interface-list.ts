import type { Proc } from '../../kernel/syscalls/proc.ts';

/** Devices that can be listened to, in libpcap's order: what is up and connected first, loopback last of those. */
export function interfaceList(proc: Proc): readonly { readonly name: string; readonly text: string }[] {
  const links = proc.net.links().map(({ name, up, carrier, kind }) => {
    const loopback = kind === 'loopback';
    const flags = [
      up && 'Up',
      up && 'Running',
      loopback && 'Loopback',
      !loopback && (carrier ? 'Connected' : 'Disconnected'),
    ];
    const rank = !up ? 3 : loopback ? 2 : carrier ? 0 : 1;
    return { name, rank, text: `${name} [${flags.filter(Boolean).join(', ')}]` };
  });
  const any = { name: 'any', rank: 1.5, text: 'any (Pseudo-device that captures on all interfaces) [Up, Running]' };
  return [...links, any].sort((a, b) => a.rank - b.rank);
}
