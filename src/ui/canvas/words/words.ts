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
}

export const CANVAS_WORDS: Catalog<CanvasWords> = {
  en: {
    picture: 'Picture of the host and its packets',
    linuxHost: 'Linux host · Docker',
    internet: 'internet',
    programs: 'programs that listen on the host',
    noConnections: 'remembers connections: none yet',
    route: 'route',
    desk: 'DNS desk',
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
  },
  ja: {
    picture: 'ホストとパケットの図',
    linuxHost: 'Linux ホスト · Docker',
    internet: 'インターネット',
    programs: 'ホストで待ち受けるプログラム',
    noConnections: '接続を記録する台帳（まだ空）',
    route: '経路',
    desk: 'DNS 窓口',
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
  },
};
