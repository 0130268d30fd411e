import type { Catalog } from '../../words/catalog.ts';

export const TABLES = [
  'interfaces',
  'routes',
  'neighbors',
  'fdb',
  'iptables',
  'conntrack',
  'sockets',
  'names',
] as const;
export type TableName = (typeof TABLES)[number];

export interface TableWords {
  readonly title: string;
  readonly namespace: string;
  readonly follow: string;
  readonly followTitle: string;
  readonly nothing: string;
  readonly past: string;
  readonly tables: Readonly<Record<TableName, string>>;
  /** What the table is for, and which command shows it. */
  readonly meanings: Readonly<Record<TableName, string>>;
  readonly empty: string;
  readonly columns: {
    readonly device: string;
    readonly addresses: string;
    readonly state: string;
    readonly route: string;
    readonly address: string;
    readonly mac: string;
    readonly port: string;
    readonly bridge: string;
    readonly rule: string;
    readonly packets: string;
    readonly protocol: string;
    readonly there: string;
    readonly back: string;
    readonly local: string;
    readonly remote: string;
    readonly program: string;
    readonly name: string;
    readonly network: string;
  };
  policy(policy: string, packets: number): string;
  readonly own: string;
  readonly unreplied: string;
  readonly lit: string;
}

export const TABLE_WORDS: Catalog<TableWords> = {
  en: {
    title: 'Tables of a network namespace',
    namespace: 'Namespace',
    follow: 'Follow',
    followTitle: 'Go where the selected step happens',
    nothing: 'The machine is not there yet.',
    past: 'As it was at the playhead.',
    tables: {
      interfaces: 'Interfaces',
      routes: 'Routes',
      neighbors: 'Neighbours',
      fdb: 'Bridge: who is where',
      iptables: 'iptables',
      conntrack: 'Conntrack',
      sockets: 'Sockets',
      names: 'DNS names',
    },
    meanings: {
      interfaces: 'The network devices of this namespace. `ip addr`',
      routes: 'Where to send a packet, by its destination: the longest prefix that fits wins. `ip route`',
      neighbors: 'Which hardware address belongs to which IP address, as ARP found out. `ip neigh`',
      fdb: 'Behind which port of a bridge each hardware address is, as the bridge learned. `bridge fdb`',
      iptables: 'Rules that packets meet on their way, and how often each was hit. `iptables -S`, `-t nat`',
      conntrack: 'Connections that the kernel remembers: how they look there, and back. `conntrack -L`',
      sockets: 'Which programs listen or talk, on which address and port. `ss -tuln`, `netstat -tuln`',
      names: 'What Docker’s embedded DNS at 127.0.0.11 answers here.',
    },
    empty: 'empty',
    columns: {
      device: 'device',
      addresses: 'addresses',
      state: 'state',
      route: 'route',
      address: 'address',
      mac: 'MAC',
      port: 'port',
      bridge: 'bridge',
      rule: 'rule',
      packets: 'packets',
      protocol: 'protocol',
      there: 'there',
      back: 'back',
      local: 'local',
      remote: 'remote',
      program: 'program',
      name: 'name',
      network: 'network',
    },
    policy: (policy, packets) => `policy ${policy}, ${packets}`,
    own: 'own',
    unreplied: 'no answer yet',
    lit: 'the selected step went by this row',
  },
  ja: {
    title: 'ネットワーク名前空間の表',
    namespace: '名前空間',
    follow: '追従',
    followTitle: '選んだステップが起きた場所へ移ります',
    nothing: 'マシンの準備ができていません。',
    past: '再生位置の時点の内容です。',
    tables: {
      interfaces: 'インターフェース',
      routes: 'ルート',
      neighbors: '隣接テーブル（ARP）',
      fdb: 'ブリッジの転送表',
      iptables: 'iptables',
      conntrack: 'conntrack',
      sockets: 'ソケット',
      names: 'DNS の名前',
    },
    meanings: {
      interfaces: 'この名前空間のネットワークデバイスです。`ip addr`',
      routes: '宛先ごとの送り先です。合うもののうち、いちばん長いプレフィックスが選ばれます。`ip route`',
      neighbors: 'どの IP アドレスがどのハードウェアアドレスか、ARP でわかったものです。`ip neigh`',
      fdb: 'どのハードウェアアドレスがブリッジのどのポートの先にいるか、ブリッジが覚えたものです。`bridge fdb`',
      iptables: 'パケットが途中で出会うルールと、当てはまった回数です。`iptables -S`、`-t nat`',
      conntrack: 'カーネルが覚えている接続の、行きと戻りの姿です。`conntrack -L`',
      sockets: 'どのプログラムがどのアドレスとポートで待ち受け、通信しているかです。`ss -tuln`、`netstat -tuln`',
      names: 'Docker の組み込み DNS（127.0.0.11）がここで答える名前です。',
    },
    empty: '空',
    columns: {
      device: 'デバイス',
      addresses: 'アドレス',
      state: '状態',
      route: 'ルート',
      address: 'アドレス',
      mac: 'MAC',
      port: 'ポート',
      bridge: 'ブリッジ',
      rule: 'ルール',
      packets: 'パケット',
      protocol: 'プロトコル',
      there: '行き',
      back: '戻り',
      local: '自分側',
      remote: '相手側',
      program: 'プログラム',
      name: '名前',
      network: 'ネットワーク',
    },
    policy: (policy, packets) => `ポリシー ${policy}、${packets}`,
    own: '自身',
    unreplied: '返事待ち',
    lit: '選んだステップはこの行に従いました',
  },
};
