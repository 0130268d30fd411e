import type { Catalog } from '../../words/catalog.ts';

/** What each sign of the picture stands for. */
export interface LegendWords {
  readonly packets: string;
  readonly arp: string;
  readonly icmp: string;
  readonly dns: string;
  readonly udp: string;
  readonly tcp: string;
  readonly http: string;
  readonly rst: string;
  readonly places: string;
  readonly gate: string;
  readonly gateMet: string;
  readonly bridge: string;
  readonly door: string;
  readonly ledger: string;
  readonly desk: string;
  readonly dropped: string;
}

export const LEGEND_WORDS: Catalog<LegendWords> = {
  en: {
    packets: 'Packets',
    arp: 'ARP: who has this address?',
    icmp: 'ICMP: ping, and bad news',
    dns: 'DNS: a name is asked for',
    udp: 'UDP',
    tcp: 'TCP, with its flags',
    http: 'TCP that carries HTTP',
    rst: 'TCP reset: refused',
    places: 'Places',
    gate: 'netfilter’s gate: its rules look at packets',
    gateMet: 'a packet is at this gate now',
    bridge: 'bridge: a switch, its ports numbered',
    door: 'published port: a door of the host',
    ledger: 'conntrack remembers connections; in green where NAT rewrote one',
    desk: 'the DNS inside a container, at 127.0.0.11',
    dropped: 'a packet was dropped here, and why',
  },
  ja: {
    packets: 'パケット',
    arp: 'ARP: このアドレスは誰？',
    icmp: 'ICMP: ping と、エラーの知らせ',
    dns: 'DNS: 名前の問い合わせ',
    udp: 'UDP',
    tcp: 'TCP とそのフラグ',
    http: 'HTTP を運ぶ TCP',
    rst: 'TCP リセット: 接続の拒否',
    places: '場所',
    gate: 'netfilter の関門。ルールでパケットを調べる',
    gateMet: '今パケットが通っている関門',
    bridge: 'ブリッジ。番号付きのポートを持つスイッチ',
    door: '公開ポート。ホストに開いた扉',
    ledger: 'conntrack は接続の台帳。NAT で書き換えた行は緑',
    desk: 'コンテナの中の DNS（127.0.0.11）',
    dropped: 'パケットがここで破棄された印と、その理由',
  },
};
