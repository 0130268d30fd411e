import type { Catalog } from '../../words/catalog.ts';

/** One step of a packet's way as a sentence. Names and code stand between backticks already. */
export interface HopWords {
  transmit(device: string, to: string | null): string;
  receive(device: string): string;
  learn(bridge: string, mac: string, port: string): string;
  forwarded(bridge: string, mac: string, port: string): string;
  readonly flooded: string;
  readonly floodedUnknown: string;
  readonly bridgeToHost: string;
  routeLocal(row: string): string;
  routeForward(row: string): string;
  routeSent(row: string): string;
  readonly noRow: string;
  waits(address: string): string;
  neighborState(address: string, state: string, mac: string | null): string;
  rule(number: number, chain: string, text: string): string;
  /** A rule that has been taken out since. */
  goneRule(text: string): string;
  policy(chain: string, policy: string): string;
  readonly accepts: string;
  readonly drops: string;
  readonly logs: string;
  sourceBecomes(before: string, after: string): string;
  destinationBecomes(before: string, after: string): string;
  because(reason: string): string;
  /** What stands between two sentences. */
  readonly gap: string;
  /** NAT without a rule on this packet's own way: it belongs to a connection that is known. */
  readonly remembered: string;
  /** By the trace's own words; others are shown as they are. */
  readonly delivered: Readonly<Record<string, string>>;
  deliveredTcp(state: string): string;
  dropped(reason: string): string;
  process(program: string, what: string): string;
  dns(name: string, answer: string | null): string;
  cable(device: string, namespace: string): string;
}

export const HOP_WORDS: Catalog<HopWords> = {
  en: {
    transmit: (device, to) => `Leaves by ${device}${to === null ? '.' : `, over the cable to ${to}.`}`,
    receive: (device) => `Arrives at ${device}.`,
    learn: (bridge, mac, port) => `${bridge} learns: ${mac} is behind port ${port}.`,
    forwarded: (bridge, mac, port) => `${bridge} finds ${mac} in its table and sends the frame out by port ${port}.`,
    flooded: 'For everybody: the bridge sends a copy out by each of its other ports.',
    floodedUnknown:
      'The bridge doesn’t know this hardware address yet, so it sends a copy out by each of its other ports.',
    bridgeToHost: 'For the bridge’s own hardware address: the host itself takes it.',
    routeLocal: (row) => `Route: the destination is this machine. ${row}`,
    routeForward: (row) => `Route: for somebody else, so it is passed on. ${row}`,
    routeSent: (row) => `Route for sending: ${row}`,
    noRow: 'No row names it.',
    waits: (address) => `Waits: the hardware address of ${address} isn’t known yet. ARP asks for it.`,
    neighborState: (address, state, mac) =>
      `The neighbour ${address} is now ${state}${mac === null ? '' : ` with ${mac}`}.`,
    rule: (number, chain, text) => `Rule ${number} of ${chain} matches: ${text}.`,
    goneRule: (text) => `A rule matches that has been removed since: ${text}.`,
    policy: (chain, policy) => `No rule of ${chain} decides, so its policy does: ${policy}.`,
    accepts: 'It may go on.',
    drops: 'It ends here.',
    logs: 'It is noted in the kernel’s log, and goes on.',
    sourceBecomes: (before, after) => `The source becomes ${after} (it was ${before}).`,
    destinationBecomes: (before, after) => `The destination becomes ${after} (it was ${before}).`,
    because: (reason) => `Because: ${reason}`,
    gap: ' ',
    remembered:
      'Conntrack remembers this connection: each of its packets is rewritten like its first one, and answers the other way round.',
    delivered: {
      LISTEN: 'Delivered: a program listens on that port, and a connection begins.',
      'UDP socket': 'Delivered to a program’s UDP socket.',
      'echo request': 'Delivered: the kernel answers the ping itself.',
      ICMP: 'Delivered to whoever sent the ping.',
      'ICMP error': 'Delivered: the kernel tells the program whose packet failed.',
      'ARP request': 'The question is about this machine’s own address: it answers.',
      'ARP news': 'The kernel notes the answer in its neighbour table.',
      'fragment waits for the others': 'This is a part of a packet; it waits for the others.',
    },
    deliveredTcp: (state) => `Delivered to its connection, which is in the state ${state}.`,
    dropped: (reason) => `Dropped: ${reason}`,
    process: (program, what) => `${program} ${what}.`,
    dns: (name, answer) =>
      answer === null
        ? `Docker’s embedded DNS knows ${name}, but has no record of the kind that was asked for.`
        : `Docker’s embedded DNS answers from its own record: ${name} is ${answer}.`,
    cable: (device, namespace) => `${device} of ${namespace}`,
  },
  ja: {
    transmit: (device, to) => `${device} から出ます${to === null ? '。' : `。ケーブルの先は ${to} です。`}`,
    receive: (device) => `${device} に届きます。`,
    learn: (bridge, mac, port) => `${bridge} が覚えます: ${mac} はポート ${port} の先にいます。`,
    forwarded: (bridge, mac, port) => `${bridge} は表で ${mac} を見つけ、ポート ${port} から送り出します。`,
    flooded: '全員宛てなので、ブリッジはほかのすべてのポートにコピーを送ります。',
    floodedUnknown: 'ブリッジはまだこのハードウェアアドレスを知らないので、ほかのすべてのポートにコピーを送ります。',
    bridgeToHost: 'ブリッジ自身のハードウェアアドレス宛てなので、ホストが受け取ります。',
    routeLocal: (row) => `ルート: 宛先はこのマシンです。${row}`,
    routeForward: (row) => `ルート: ほかのマシン宛てなので転送します。${row}`,
    routeSent: (row) => `送信のルート: ${row}`,
    noRow: '該当する行はありません。',
    waits: (address) => `待ちます: ${address} のハードウェアアドレスがまだわかりません。ARP で尋ねます。`,
    neighborState: (address, state, mac) =>
      `隣接ノード ${address} は ${state} になりました${mac === null ? '' : `（${mac}）`}。`,
    rule: (number, chain, text) => `${chain} のルール ${number} に一致します: ${text}。`,
    goneRule: (text) => `今はもうないルールに一致します: ${text}。`,
    policy: (chain, policy) => `${chain} のどのルールでも決まらないので、ポリシーに従います: ${policy}。`,
    accepts: '先へ進めます。',
    drops: 'ここで終わります。',
    logs: 'カーネルのログに書かれ、先へ進みます。',
    sourceBecomes: (before, after) => `送信元が ${before} から ${after} に変わります。`,
    destinationBecomes: (before, after) => `宛先が ${before} から ${after} に変わります。`,
    because: (reason) => `理由: ${reason}`,
    gap: '',
    remembered:
      'conntrack がこの接続を覚えています。以後のパケットは最初と同じように、返事はその逆に書き換えられます。',
    delivered: {
      LISTEN: '届きました。このポートで待ち受けるプログラムがあり、接続が始まります。',
      'UDP socket': 'プログラムの UDP ソケットに届きました。',
      'echo request': '届きました。ping にはカーネル自身が答えます。',
      ICMP: 'ping を送ったプログラムに届きました。',
      'ICMP error': '届きました。失敗したパケットを送ったプログラムに、カーネルが知らせます。',
      'ARP request': '自分のアドレスについての質問なので、このマシンが答えます。',
      'ARP news': 'カーネルが答えを隣接テーブルに書きとめます。',
      'fragment waits for the others': 'パケットの断片なので、残りを待ちます。',
    },
    deliveredTcp: (state) => `その接続に届きました。接続の状態は ${state} です。`,
    dropped: (reason) => `破棄: ${reason}`,
    process: (program, what) => `${program} ${what}。`,
    dns: (name, answer) =>
      answer === null
        ? `Docker の組み込み DNS は ${name} を知っていますが、尋ねられた種類のレコードはありません。`
        : `Docker の組み込み DNS が自分のレコードから答えます: ${name} は ${answer} です。`,
    cable: (device, namespace) => `${namespace} の ${device}`,
  },
};
