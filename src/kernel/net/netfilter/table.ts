import { Chain } from './chain.ts';
import type { Hook, HookChain } from './hook.ts';
import { HOOK_CHAINS } from './hook.ts';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

const BUILT_IN: Readonly<Record<TableName, readonly HookChain[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** A table: its chains by name, and those of its hooks by number. */
export class Table {
  readonly chains = new Map<string, Chain>();
  private readonly byHook: (Chain | null)[];
  /** Whether there is anything that could decide otherwise than to accept. */
  empty = true;

  constructor(
    readonly name: TableName,
    private readonly machine: string,
  ) {
    this.byHook = HOOK_CHAINS.map((chain) => {
      if (!BUILT_IN[name].includes(chain)) return null;
      const made = new Chain(chain, 'ACCEPT', name, machine);
      this.chains.set(chain, made);
      return made;
    });
  }

  atHook(hook: Hook): Chain | null {
    return this.byHook[hook] ?? null;
  }

  create(name: string): Chain {
    const chain = new Chain(name, null, this.name, this.machine);
    this.chains.set(name, chain);
    return chain;
  }

  /** Built-in chains in the order of the hooks, then the others by name. */
  ordered(): readonly Chain[] {
    const own = [...this.chains.values()];
    return [
      ...own.filter((chain) => chain.policy !== null),
      ...own.filter((chain) => chain.policy === null).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ];
  }

  /** After any change: looks again whether it is empty. */
  changed(): void {
    this.empty = [...this.chains.values()].every((chain) => chain.rules.length === 0 && chain.policy !== 'DROP');
  }
}
