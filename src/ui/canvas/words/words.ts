import type { ContainerView } from '../../../lab/view/lab-view.ts';
import type { Catalog } from '../../words/catalog.ts';
import { DROP_REASONS_JA } from './drop-reasons-ja.ts';

/** Texts of the picture itself. */
export interface CanvasWords {
  readonly picture: string;
  readonly inWords: string;
  readonly step: string;
  readonly wayOf: string;
  readonly nothingMoves: string;
  readonly nothingYet: string;
  readonly firstPacket: string;
  readonly legend: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly services: string;
  readonly plumbing: string;
  readonly depth: string;
  readonly save: string;
  readonly dismiss: string;
  readonly linuxHost: string;
  readonly internet: string;
  readonly programs: string;
  readonly noPrograms: string;
  readonly noConnections: string;
  readonly route: string;
  readonly desk: string;
  readonly internal: string;
  readonly planned: string;
  readonly down: string;
  readonly onHostNetwork: string;
  readonly onNoNetwork: string;
  /** Its network namespace is another container's. */
  readonly guestOf: (container: string) => string;
  readonly states: Readonly<Record<ContainerView['state'], string>>;
  readonly rules: (count: number) => string;
  readonly more: (count: number) => string;
  /** A drop's reason, as the kernel's list has it. */
  readonly reason: (reason: string) => string;
}

export const CANVAS_WORDS: Catalog<CanvasWords> = {
  en: {
    picture: 'Picture of the host and its packets',
    inWords: 'The picture in words',
    step: 'This step',
    wayOf: 'The way of this packet so far',
    nothingMoves: 'Nothing is on its way.',
    nothingYet: 'No packet has moved yet.',
    firstPacket: 'Send the first',
    legend: 'What the signs mean',
    zoomIn: 'Enlarge',
    zoomOut: 'Shrink',
    fit: 'Show all',
    services: 'Services',
    plumbing: 'Plumbing',
    depth: 'How deep to look',
    save: 'Save the picture',
    dismiss: 'Clear the marks of dropped packets',
    linuxHost: 'Linux host · Docker',
    internet: 'internet',
    programs: 'listening',
    noPrograms: 'none yet',
    noConnections: 'remembers connections: none yet',
    route: 'route',
    desk: 'DNS',
    internal: 'internal',
    planned: 'not up yet',
    down: 'down',
    onHostNetwork: "on the host's network",
    onNoNetwork: 'on no network',
    guestOf: (container) => `network of ${container}`,
    states: {
      created: 'created',
      running: 'running',
      paused: 'paused',
      restarting: 'restarting',
      exited: 'stopped',
      removing: 'being removed',
      dead: 'dead',
    },
    rules: (count) => (count === 1 ? '1 rule' : `${count} rules`),
    more: (count) => `${count} more`,
    reason: (reason) => reason,
  },
  ja: {
    picture: 'ホストとパケットの図',
    inWords: '図を言葉で',
    step: 'このステップ',
    wayOf: 'このパケットのここまでの道のり',
    nothingMoves: '移動中のパケットはありません。',
    nothingYet: 'まだパケットは流れていません。',
    firstPacket: '最初の 1 つを送る',
    legend: '記号の意味',
    zoomIn: '拡大',
    zoomOut: '縮小',
    fit: '全体を表示',
    services: 'サービス',
    plumbing: '配線',
    depth: '表示の深さ',
    save: '図を保存',
    dismiss: '破棄の印を消す',
    linuxHost: 'Linux ホスト · Docker',
    internet: 'インターネット',
    programs: '待ち受けプログラム',
    noPrograms: 'まだない',
    noConnections: '接続を記録する台帳（まだ空）',
    route: 'ルート',
    desk: 'DNS',
    internal: '内部専用',
    planned: '未起動',
    down: '停止中',
    onHostNetwork: 'ホストのネットワークを使用',
    onNoNetwork: 'ネットワークなし',
    guestOf: (container) => `${container} のネットワーク`,
    states: {
      created: '作成済み',
      running: '実行中',
      paused: '一時停止',
      restarting: '再起動中',
      exited: '停止',
      removing: '削除中',
      dead: '異常終了',
    },
    rules: (count) => `ルール ${count}`,
    more: (count) => `ほか ${count} 件`,
    reason: (reason) => DROP_REASONS_JA[reason] ?? reason,
  },
};
