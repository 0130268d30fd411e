import type { ContainerView } from '../../../lab/view/lab-view.ts';
import type { Catalog } from '../../words/catalog.ts';

/** Texts of the picture itself. */
export interface CanvasWords {
  readonly picture: string;
  readonly linuxHost: string;
  readonly internet: string;
  readonly programs: string;
  readonly noConnections: string;
  readonly route: string;
  readonly desk: string;
  readonly internal: string;
  readonly down: string;
  readonly onHostNetwork: string;
  readonly onNoNetwork: string;
  readonly states: Readonly<Record<ContainerView['state'], string>>;
  readonly rules: (count: number) => string;
  readonly more: (count: number) => string;
  readonly dropped: (packet: string, reason: string) => string;
}

export const CANVAS_WORDS: Catalog<CanvasWords> = {
  en: {
    picture: 'Picture of the host and its packets',
    linuxHost: 'Linux host · Docker',
    internet: 'internet',
    programs: 'programs that listen on the host',
    noConnections: 'remembers connections: none yet',
    route: 'route',
    desk: 'DNS',
    internal: 'internal',
    down: 'down',
    onHostNetwork: "on the host's network",
    onNoNetwork: 'on no network',
    states: {
      created: 'created',
      running: 'running',
      paused: 'paused',
      restarting: 'restarting',
      exited: 'stopped',
      removing: 'going',
      dead: 'dead',
    },
    rules: (count) => (count === 1 ? '1 rule' : `${count} rules`),
    more: (count) => `${count} more`,
    dropped: (packet, reason) => `${packet}: ${reason}`,
  },
  ja: {
    picture: 'ホストとパケットの図',
    linuxHost: 'Linux ホスト · Docker',
    internet: 'インターネット',
    programs: 'ホストで待ち受けるプログラム',
    noConnections: '接続を記録する台帳（まだ空）',
    route: '経路',
    desk: 'DNS',
    internal: '内部専用',
    down: '停止中',
    onHostNetwork: 'ホストのネットワークを使用',
    onNoNetwork: 'ネットワークなし',
    states: {
      created: '作成済み',
      running: '実行中',
      paused: '一時停止',
      restarting: '再起動中',
      exited: '停止',
      removing: '削除中',
      dead: '異常終了',
    },
    rules: (count) => `規則 ${count}`,
    more: (count) => `ほか ${count} 件`,
    dropped: (packet, reason) => `${packet}: ${DROP_REASONS_JA[reason] ?? reason}`,
  },
};

/** The kernel's reasons (`DropReason`) in Japanese. */
const DROP_REASONS_JA: Readonly<Record<string, string>> = {
  'link down': 'リンクが落ちている',
  'no carrier': 'ケーブルの先がつながっていない',
  'no route': '経路がない',
  'forwarding is off': '転送が無効',
  'TTL exceeded': 'TTL が尽きた',
  'too big and DF is set': '大きすぎて分割できない',
  'host unreachable': '相手に届かない',
  'dropped by netfilter': 'netfilter が破棄',
  'no listener': '待ち受けがいない',
  'no socket': 'ソケットがない',
  'bad segment': '不正なセグメント',
  'namespace gone': '名前空間がもうない',
  'martian source': 'ありえない送信元',
  'martian destination': 'ありえない宛先',
  'reverse path filter': '戻り道の検査で破棄',
};
