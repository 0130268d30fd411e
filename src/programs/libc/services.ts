import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { readWholeFile } from './resolve.ts';

/** /etc/services: names of ports (services(5)). Images without that file know no names. */
export class Services {
  private readonly byPort = new Map<string, string>();
  private readonly byName = new Map<string, number>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const [name, end = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
      const match = /^(\d+)\/(tcp|udp)$/.exec(end);
      if (!name || !match) continue;
      if (!this.byPort.has(end)) this.byPort.set(end, name);
      for (const each of [name, ...aliases]) this.byName.set(`${each}/${match[2]}`, Number(match[1]));
    }
  }

  name(port: number, protocol: 'tcp' | 'udp'): string | undefined {
    return this.byPort.get(`${port}/${protocol}`);
  }

  /** The number that a text means: digits, or a name. */
  port(text: string, protocol: 'tcp' | 'udp'): number | undefined {
    if (/^\d+$/.test(text)) return Number(text) <= 65535 ? Number(text) : undefined;
    return this.byName.get(`${text}/${protocol}`);
  }
}

export function* readServices(proc: Proc): Sys<Services> {
  return new Services((yield* readWholeFile(proc, '/etc/services')) ?? '');
}
