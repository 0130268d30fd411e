import type { EventQueue } from '../../../sim/event-queue.ts';
import type { Random } from '../../../sim/random.ts';
import { type Place, type Trace, TraceKind } from '../../../sim/trace.ts';
import { type Ipv4, LOOPBACK_ADDRESS } from '../../../wire/address.ts';
import type { NetDevice } from '../link/device.ts';
import type { SkBuff } from '../skb.ts';
import type { Chain } from './chain.ts';
import { runCommand } from './command/run-command.ts';
import { Conntrack, type ConntrackEntry, CtState } from './conntrack.ts';
import { Hook, HOOK_CHAINS, Verdict } from './hook.ts';
import type { RejectWith } from '../ip/reject.ts';
import { applyNat, setUpNat } from './nat.ts';
import type { Rule } from './rule.ts';
import { saveTables } from './save.ts';
import { Table, type TableName } from './table.ts';

export { Hook, Verdict } from './hook.ts';

/** What netfilter asks of its namespace. */
export interface NetfilterHost {
  readonly name: string;
  readonly queue: EventQueue;
  readonly trace: Trace;
  readonly random: Random;
  addressType(address: Ipv4): 'unicast' | 'local' | 'broadcast' | 'multicast';
  primaryAddressOf(device: NetDevice): Ipv4 | null;
  rejectWith(skb: SkBuff, how: RejectWith): void;
}

/** How a chain ended: its rules decided, or the packet came out at its end. */
const ACCEPT = 0;
const DROP = 1;
const RETURN = 2;
type Outcome = typeof ACCEPT | typeof DROP | typeof RETURN;

/** What stands at one hook: the chain of each table; null where the table has none there, or nothing in any chain. */
interface HookPoint {
  readonly raw: Chain | null;
  readonly mangle: Chain | null;
  readonly nat: Chain | null;
  readonly filter: Chain | null;
  /** The packet's connection is looked up here. */
  readonly tracks: boolean;
}

const NOTHING: HookPoint = { raw: null, mangle: null, nat: null, filter: null, tracks: false };

/** The jumps that may nest before a ruleset counts as a loop. */
const DEEPEST = 64;

/**
 * Netfilter of one namespace: tables, conntrack and NAT at the five hooks, in Linux's order (raw -300, conntrack -200, mangle -150,
 * destination NAT -100, filter 0, source NAT 100, confirm last).
 */
export class Netfilter {
  readonly tables: Readonly<Record<TableName, Table>>;
  readonly conntrack: Conntrack;
  /** There are rules: without any, packets pass unseen and no connection is tracked. */
  active = false;
  /** By hook; made anew with every change of the rules. */
  private points: readonly HookPoint[] = HOOK_CHAINS.map(() => NOTHING);
  /** The rule or chain that decided last. */
  private decided: Rule | Chain | null = null;

  constructor(readonly host: NetfilterHost) {
    const table = (name: TableName) => new Table(name, host.name);
    this.tables = { raw: table('raw'), mangle: table('mangle'), nat: table('nat'), filter: table('filter') };
    this.conntrack = new Conntrack(host.queue);
  }

  /** Takes a packet through all that is registered at a hook. NAT may give the buffer a new packet. */
  run(hook: Hook, skb: SkBuff): Verdict {
    const { raw, mangle, nat, filter, tracks } = this.points[hook] as HookPoint;
    if (raw !== null && this.pass(raw, skb) === DROP) return Verdict.drop;
    if (tracks && skb.ctState !== CtState.untracked) this.conntrack.track(skb);
    if (mangle !== null && this.pass(mangle, skb) === DROP) return Verdict.drop;
    if (
      (hook === Hook.prerouting || hook === Hook.output) &&
      skb.conntrack !== null &&
      !this.nat(hook, nat, skb, skb.conntrack, 'destination')
    )
      return Verdict.drop;
    if (filter !== null && this.pass(filter, skb) === DROP) return Verdict.drop;
    if ((hook === Hook.postrouting || hook === Hook.input) && skb.conntrack !== null) {
      if (!this.nat(hook, nat, skb, skb.conntrack, 'source')) return Verdict.drop;
      // Only the direction that began it confirms (__nf_conntrack_confirm): a REJECT's answer ends what never was.
      // Two packets of the same flow at once: the later one's entry gives way (nf_ct_resolve_clash).
      if (!skb.conntrack.confirmed && skb.direction === 0 && !this.conntrack.confirm(skb.conntrack))
        return Verdict.drop;
    }
    return Verdict.accept;
  }

  /** One iptables command, without the program's name. */
  iptables(args: readonly string[]): { readonly exit: number; readonly out: string; readonly error: string } {
    const result = runCommand(this, args);
    this.changed();
    return result;
  }

  /** All tables in the form of iptables-save. */
  save(options: { readonly counters?: boolean } = {}): string {
    return saveTables(this.tables, options);
  }

  private changed(): void {
    const all = Object.values(this.tables);
    for (const table of all) table.changed();
    this.active = all.some((table) => !table.empty);
    const asks = (rule: Rule) => rule.spec.matches.some((match) => match.needsConntrack);
    // nf_ct_netns_get: hooked in as soon as something needs it.
    const tracking =
      !this.tables.nat.empty || all.some((table) => [...table.chains.values()].some((chain) => chain.rules.some(asks)));
    const chainAt = (table: Table, hook: Hook) => (table.empty ? null : table.atHook(hook));
    this.points = HOOK_CHAINS.map((_, index) => {
      const hook = index as Hook;
      const { raw, mangle, nat, filter } = this.tables;
      return {
        raw: chainAt(raw, hook),
        mangle: chainAt(mangle, hook),
        nat: chainAt(nat, hook),
        filter: chainAt(filter, hook),
        tracks: tracking && (hook === Hook.prerouting || hook === Hook.output),
      };
    });
  }

  /** NAT on one side: decided with the connection's first packet, written into each. False: dropped. */
  private nat(
    hook: Hook,
    chain: Chain | null,
    skb: SkBuff,
    entry: ConntrackEntry,
    side: 'source' | 'destination',
  ): boolean {
    const decided = side === 'source' ? entry.sourceDecided : entry.destinationDecided;
    if (!decided && skb.ctState === CtState.new && !entry.confirmed) {
      const outcome = chain === null ? ACCEPT : this.pass(chain, skb);
      if (outcome === DROP) return false;
      if (!(side === 'source' ? entry.sourceDecided : entry.destinationDecided))
        setUpNat(this.conntrack, this.host.random, entry, side, null);
    }
    if (!entry.sourceChanged && !entry.destinationChanged) return true;
    if (applyNat(skb, entry, side)) {
      const { trace, queue } = this.host;
      if (trace.enabled)
        trace.record(
          queue.now,
          TraceKind.nat,
          this.tables.nat.atHook(hook) as Place,
          skb.packet,
          side === 'source' ? 'source rewritten' : 'destination rewritten',
          entry,
        );
    }
    return true;
  }

  private pass(chain: Chain, skb: SkBuff): Outcome {
    const size = skb.packet.length;
    if (chain.rules.length === 0 && chain.policy === 'ACCEPT') {
      chain.packets++;
      chain.bytes += size;
      return ACCEPT;
    }
    this.decided = null;
    let outcome = this.walk(chain, skb, size, 0);
    if (outcome === RETURN) {
      chain.packets++;
      chain.bytes += size;
      outcome = chain.policy === 'DROP' ? DROP : ACCEPT;
      this.decided = chain;
    }
    const { trace, queue } = this.host;
    if (trace.enabled)
      trace.record(
        queue.now,
        TraceKind.netfilter,
        chain,
        skb.packet,
        outcome === DROP ? 'DROP' : 'ACCEPT',
        this.decided,
      );
    return outcome;
  }

  private walk(chain: Chain, skb: SkBuff, size: number, depth: number): Outcome {
    if (depth > DEEPEST) return DROP;
    const { rules } = chain;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i] as Rule;
      if (!rule.fits(skb)) continue;
      rule.packets++;
      rule.bytes += size;
      switch (rule.does) {
        case 'jump': {
          const outcome = this.walk(rule.chain as Chain, skb, size, depth + 1);
          if (outcome !== RETURN) return outcome;
          break;
        }
        case 'accept':
          this.decided = rule;
          return ACCEPT;
        case 'drop':
          this.decided = rule;
          return DROP;
        case 'return':
          return RETURN;
        case 'goto':
          return this.walk(rule.chain as Chain, skb, size, depth + 1);
        case 'continue':
          break;
        default: {
          const outcome = this.act(chain, rule, skb);
          if (outcome !== RETURN) return outcome;
        }
      }
    }
    return RETURN;
  }

  /** The targets that do something to the packet, or about it; RETURN: the next rule has its turn. */
  private act(chain: Chain, rule: Rule, skb: SkBuff): Outcome {
    const { target } = rule.spec;
    switch (target?.does) {
      case 'reject':
        this.decided = rule;
        this.host.rejectWith(skb, target.how);
        return DROP;
      case 'nat':
        this.decided = rule;
        this.decideNat(skb, target);
        return ACCEPT;
      case 'mark':
        skb.mark = (skb.mark & ~target.mask) ^ target.value;
        return RETURN;
      case 'notrack':
        skb.ctState = CtState.untracked;
        return RETURN;
      case 'log': {
        const { trace, queue } = this.host;
        if (trace.enabled) trace.record(queue.now, TraceKind.netfilter, chain, skb.packet, 'LOG', rule);
        return RETURN;
      }
      default:
        return RETURN;
    }
  }

  private decideNat(skb: SkBuff, target: NonNullable<Rule['spec']['target']> & { readonly does: 'nat' }): void {
    const entry = skb.conntrack;
    if (entry === null) return;
    const { host } = this;
    let { range } = target;
    if (target.to !== 'given') {
      // MASQUERADE takes the address of the device that the packet leaves by, REDIRECT of the one that it came in by.
      const device = target.to === 'outgoing' ? skb.outDevice : skb.inDevice;
      const address =
        device === null ? (target.to === 'local' ? LOOPBACK_ADDRESS : null) : host.primaryAddressOf(device);
      range = { ...range, first: address, last: address };
    }
    setUpNat(this.conntrack, host.random, entry, target.side, range);
  }
}
