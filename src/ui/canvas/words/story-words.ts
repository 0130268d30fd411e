import type { Catalog } from '../../words/catalog.ts';

/** How the steps of the story are told. Each is a sentence without its full stop; the packet is its subject. */
export interface StoryWords {
  readonly stop: string;
  readonly sentence: (packet: string, happening: string, because: string) => string;
  readonly portOf: (port: number, bridge: string) => string;
  readonly deviceOf: (device: string, machine: string) => string;
  readonly arpAsks: (asker: string, target: string) => string;
  readonly arpTells: (teller: string) => string;
  readonly dnsAnswer: (answer: string) => string;
  /** Messages of ICMP by what is written on them. */
  readonly icmp: Readonly<Record<string, string>>;
  readonly leaves: (device: string) => string;
  readonly arrives: (device: string) => string;
  readonly learns: (bridge: string, mac: string) => string;
  readonly forwards: (bridge: string) => string;
  readonly floods: (bridge: string) => string;
  readonly toHost: (bridge: string) => string;
  readonly sets: (machine: string) => string;
  readonly routed: (machine: string) => string;
  readonly forThis: (machine: string) => string;
  readonly waits: (device: string) => string;
  /** A sentence of its own. */
  readonly neighbor: (device: string, address: string, mac: string | null, state: string) => string;
  readonly passes: (table: string, chain: string, machine: string) => string;
  readonly stopped: (table: string, chain: string, machine: string) => string;
  readonly logged: (table: string, chain: string, machine: string) => string;
  readonly rewritten: (before: string, now: string) => string;
  readonly notRewritten: string;
  readonly delivered: (program: string | null, machine: string, how: string) => string;
  readonly answered: (machine: string, how: string) => string;
  readonly toDesk: (machine: string) => string;
  readonly ends: (machine: string, reason: string) => string;
  readonly looksUp: (machine: string, name: string) => string;
  readonly becauseRule: (number: number, chain: string, text: string) => string;
  readonly becausePolicy: (chain: string, policy: string) => string;
  readonly becauseRoute: (text: string) => string;
  readonly becauseFdb: (mac: string, port: string) => string;
  readonly becauseNeighbor: (address: string, mac: string | null) => string;
  readonly becauseNoAnswer: (address: string) => string;
  /** It is what makes the address known. */
  readonly becauseUnknownSoFar: (address: string) => string;
  readonly becauseConntrack: (original: string, reply: string) => string;
  readonly becauseDns: (name: string, answer: string) => string;
}

export const STORY_WORDS: Catalog<StoryWords> = {
  en: {
    stop: '.',
    sentence: (packet, happening, because) => `${packet} ${happening}${because === '' ? '' : `: ${because}`}`,
    portOf: (port, bridge) => `port ${port} of ${bridge}`,
    deviceOf: (device, machine) => `${device} of ${machine}`,
    arpAsks: (asker, target) => `ARP: who has ${target}? Tell ${asker}. It`,
    arpTells: (teller) => `ARP: I have ${teller}. It`,
    dnsAnswer: (answer) => `DNS answer ${answer},`,
    icmp: { 'no!': 'ICMP “unreachable”', TTL: 'ICMP “time exceeded”', redir: 'ICMP “redirect”' },
    leaves: (device) => `leaves by ${device}`,
    arrives: (device) => `arrives at ${device}`,
    learns: (bridge, mac) => `teaches ${bridge} where ${mac} is`,
    forwards: (bridge) => `is forwarded by ${bridge} to one port`,
    floods: (bridge) => `is sent by ${bridge} to every other port`,
    toHost: (bridge) => `is handed by ${bridge} to the host itself`,
    sets: (machine) => `sets out from ${machine}`,
    routed: (machine) => `is forwarded by ${machine}`,
    forThis: (machine) => `is for ${machine} itself`,
    waits: (device) => `waits at ${device} until the next machine's MAC address is known`,
    neighbor: (device, address, mac, state) =>
      state === 'failed'
        ? `${device} has asked for the MAC address of ${address}, and nobody has answered (${state})`
        : mac === null
          ? `${device} doesn't know the MAC address of ${address} yet (${state})`
          : `${device} knows that ${address} is at ${mac} (${state})`,
    passes: (table, chain, machine) => `passes ${table} ${chain} of ${machine}`,
    stopped: (table, chain, machine) => `is dropped at ${table} ${chain} of ${machine}`,
    logged: (table, chain, machine) => `is logged at ${table} ${chain} of ${machine}`,
    rewritten: (before, now) => `is rewritten: ${before} becomes ${now}`,
    notRewritten: 'keeps its addresses',
    delivered: (program, machine, how) => `reaches ${program ?? 'a socket'} in ${machine} (${how})`,
    answered: (machine, how) => `is taken by the kernel of ${machine} (${how})`,
    toDesk: (machine) => `reaches the embedded DNS of ${machine} at 127.0.0.11`,
    ends: (machine, reason) => `ends at ${machine}: ${reason}`,
    looksUp: (machine, name) => `makes the embedded DNS of ${machine} look up ${name}`,
    becauseRule: (number, chain, text) => `rule ${number} of ${chain}, ${text}`,
    becausePolicy: (chain, policy) => `no rule of ${chain} says otherwise, its policy is ${policy}`,
    becauseRoute: (text) => `route ${text}`,
    becauseFdb: (mac, port) => `${mac} is behind ${port}`,
    becauseNeighbor: (address, mac) => (mac === null ? `${address} is unknown yet` : `${address} is at ${mac}`),
    becauseNoAnswer: (address) => `nobody has answered for ${address}`,
    becauseUnknownSoFar: (address) => `until now, ${address} was unknown`,
    becauseConntrack: (original, reply) => `conntrack keeps ${original}, answers come as ${reply}`,
    becauseDns: (name, answer) => `${name} is ${answer}`,
  },
  ja: {
    stop: '。',
    sentence: (packet, happening, because) => `${packet} が ${happening}${because === '' ? '' : `（${because}）`}`,
    portOf: (port, bridge) => `${bridge} のポート ${port}`,
    deviceOf: (device, machine) => `${machine} の ${device}`,
    arpAsks: (asker, target) => `ARP「${target} は誰？ ${asker} に教えて」`,
    arpTells: (teller) => `ARP「${teller} は私」`,
    dnsAnswer: (answer) => `DNS の答え「${answer}」`,
    icmp: { 'no!': 'ICMP「到達不能」', TTL: 'ICMP「時間切れ」', redir: 'ICMP「経路の変更」' },
    leaves: (device) => `${device} から出ます`,
    arrives: (device) => `${device} に着きます`,
    learns: (bridge, mac) => `${bridge} に ${mac} の居場所を教えます`,
    forwards: (bridge) => `${bridge} によって 1 つのポートへ転送されます`,
    floods: (bridge) => `${bridge} によってほかの全ポートへ送られます`,
    toHost: (bridge) => `${bridge} からホスト自身に渡されます`,
    sets: (machine) => `${machine} を出発します`,
    routed: (machine) => `${machine} によって転送されます`,
    forThis: (machine) => `${machine} 自身宛てです`,
    waits: (device) => `次のマシンの MAC アドレスがわかるまで ${device} で待ちます`,
    neighbor: (device, address, mac, state) =>
      state === 'failed'
        ? `${device} が ${address} の MAC アドレスを尋ねましたが、誰も答えませんでした（${state}）`
        : mac === null
          ? `${device} は ${address} の MAC アドレスをまだ知りません（${state}）`
          : `${device} は ${address} が ${mac} だと知っています（${state}）`,
    passes: (table, chain, machine) => `${machine} の ${table} ${chain} を通ります`,
    stopped: (table, chain, machine) => `${machine} の ${table} ${chain} で破棄されます`,
    logged: (table, chain, machine) => `${machine} の ${table} ${chain} で記録されます`,
    rewritten: (before, now) => `書き換えられます: ${before} から ${now} に`,
    notRewritten: 'アドレスを書き換えられずに進みます',
    delivered: (program, machine, how) => `${machine} の ${program ?? 'ソケット'} に届きます（${how}）`,
    answered: (machine, how) => `${machine} のカーネルに届きます（${how}）`,
    toDesk: (machine) => `${machine} の組み込み DNS（127.0.0.11）に届きます`,
    ends: (machine, reason) => `${machine} で終わります: ${reason}`,
    looksUp: (machine, name) => `${machine} の組み込み DNS に ${name} を引かせます`,
    becauseRule: (number, chain, text) => `${chain} のルール ${number}: ${text}`,
    becausePolicy: (chain, policy) => `${chain} のどのルールでも決まらず、ポリシーは ${policy}`,
    becauseRoute: (text) => `ルート ${text}`,
    becauseFdb: (mac, port) => `${mac} は ${port} の先`,
    becauseNeighbor: (address, mac) => (mac === null ? `${address} はまだ不明` : `${address} は ${mac}`),
    becauseNoAnswer: (address) => `${address} について誰も答えていない`,
    becauseUnknownSoFar: (address) => `${address} はこれまで不明`,
    becauseConntrack: (original, reply) => `conntrack の記録: ${original}、戻りは ${reply}`,
    becauseDns: (name, answer) => `${name} は ${answer}`,
  },
};
