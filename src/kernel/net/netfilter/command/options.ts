import { err, ok, type Result } from '../../../../base/result.ts';

/** The words of a command that are still to be read, and who complains about them. */
export class Words {
  private at = 0;

  constructor(private readonly words: readonly string[]) {}

  get done(): boolean {
    return this.at >= this.words.length;
  }

  peek(): string | undefined {
    return this.words[this.at];
  }

  next(): string | undefined {
    return this.words[this.at++];
  }

  /** The value of an option; without one, iptables' complaint. */
  value(option: string): Result<string, Complaint> {
    const value = this.words[this.at++];
    return value === undefined ? err({ exit: 2, text: `option "${option}" requires an argument` }) : ok(value);
  }
}

/** What iptables says when it can't: with status 2 and its own name in front for wrong usage, status 1 for what the kernel refuses. */
export interface Complaint {
  readonly exit: 1 | 2;
  readonly text: string;
}

export const usage = (text: string): Result<never, Complaint> => err({ exit: 2, text });
export const refused = (text: string): Result<never, Complaint> => err({ exit: 1, text });

/** Names of /etc/services that people write in rules. */
const SERVICES: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  http: 80,
  'http-alt': 8080,
  https: 443,
  mysql: 3306,
  postgresql: 5432,
};

/** `80`, `http`, `1000:2000`, `:1023`, `1024:`. */
export function readPortRange(text: string): Result<readonly [number, number], Complaint> {
  const [first = '', last] = text.split(':') as [string, string?];
  const low = first === '' && last !== undefined ? 0 : readPort(first);
  const high = last === undefined ? low : last === '' ? 65535 : readPort(last);
  if (low === null) return usage(`invalid port/service \`${first}' specified`);
  if (high === null) return usage(`invalid port/service \`${last ?? first}' specified`);
  if (low > high) return usage('invalid portrange (min > max)');
  return ok([low, high]);
}

export function readPort(text: string): number | null {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  return Object.hasOwn(SERVICES, text) ? (SERVICES[text] as number) : null;
}

export const portRangeText = ([first, last]: readonly [number, number]): string =>
  first === last ? String(first) : `${first}:${last}`;
