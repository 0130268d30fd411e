import type { Catalog } from '../../words/catalog.ts';
import { code } from '../marks.ts';
import type { FilterProblem } from './parse-filter.ts';

export interface PacketWords {
  readonly title: string;
  readonly filter: string;
  readonly filterExample: string;
  readonly filterHelp: readonly string[];
  readonly howToFilter: string;
  readonly clear: string;
  readonly follow: string;
  readonly followTitle: string;
  count(shown: number, all: number): string;
  lost(records: number): string;
  readonly nothing: string;
  readonly nothingFits: string;
  readonly time: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly summary: string;
  readonly fate: string;
  readonly command: string;
  commandTitle(number: number): string;
  readonly everybody: string;
  readonly underway: string;
  readonly delivered: string;
  readonly dropped: string;
  deliveredTo(where: string): string;
  droppedAt(where: string, reason: string): string;
  problem(problem: FilterProblem, names: readonly string[]): string;
}

const several = (names: readonly string[]) => names.slice(0, 8).map(code).join(', ');

export const PACKET_WORDS: Catalog<PacketWords> = {
  en: {
    title: 'Packets',
    filter: 'Filter',
    filterExample: 'tcp port 80, dropped, server …',
    howToFilter: 'How to filter',
    filterHelp: [
      '`tcp` `udp` `icmp` `arp` `dns` `http`: the protocol',
      '`port 80`, `172.18.0.2`, `172.18.0.0/16`, `172.18.0.2:80`: before or after NAT',
      '`src 172.18.0.3`, `dst server`: from, to',
      '`server`: came through that container; `ubuntu`: through the host',
      '`dropped`, `delivered`, `underway`: what became of it',
      '`syn` `fin` `rst`: TCP flags; `"GET /"`: text of the summary; `#3`: caused by your third command',
      'Words side by side must all hold; `or`, `not` and parentheses work too.',
    ],
    clear: 'Clear',
    follow: 'Follow',
    followTitle: 'Keep the newest packet in sight',
    count: (shown, all) => (shown === all ? `${all} packets` : `${shown} of ${all} packets`),
    lost: (records) => `${records} earlier steps are no longer kept.`,
    nothing: 'No packet has travelled yet. Run a command that talks: `ping`, `wget`, `nc` …',
    nothingFits: 'No packet fits this filter yet.',
    time: 'time',
    from: 'from',
    to: 'to',
    protocol: 'kind',
    summary: 'what it says',
    fate: 'what became of it',
    command: 'command',
    commandTitle: (number) => `caused by your command number ${number}`,
    everybody: 'everybody',
    underway: 'underway',
    delivered: 'delivered',
    dropped: 'dropped',
    deliveredTo: (where) => `delivered to ${where}`,
    droppedAt: (where, reason) => `dropped at ${where}: ${reason}`,
    problem(problem, names) {
      switch (problem.problem) {
        case 'unknown word':
          return `${code(problem.word)} is not a protocol, an address, or a name that has been seen here.${names.length > 0 ? ` Names: ${several(names)}.` : ''}`;
        case 'port expected':
          return `After ${code(problem.after)} comes a number from 0 to 65535.`;
        case 'address expected':
          return `After ${code(problem.after)} comes an address, a network like ${code('172.18.0.0/16')}, or a name.${names.length > 0 ? ` Names: ${several(names)}.` : ''}`;
        case 'number expected':
          return `After ${code(problem.after)} comes the command’s number.`;
        case 'ends too early':
          return `Something is missing after ${code(problem.after)}.`;
        case 'unclosed parenthesis':
          return 'A parenthesis is not closed.';
        case 'unexpected parenthesis':
          return 'There is one closing parenthesis too many.';
        case 'unclosed quote':
          return 'A quotation mark is not closed.';
      }
    },
  },
  ja: {
    title: 'パケット',
    filter: '絞り込み',
    filterExample: 'tcp port 80、dropped、server …',
    howToFilter: '絞り込みの書き方',
    filterHelp: [
      '`tcp` `udp` `icmp` `arp` `dns` `http`: プロトコル',
      '`port 80`、`172.18.0.2`、`172.18.0.0/16`、`172.18.0.2:80`: NAT の前か後のどちらかに一致',
      '`src 172.18.0.3`、`dst server`: 送信元、宛先',
      '`server`: そのコンテナを通ったもの。`ubuntu`: ホストを通ったもの',
      '`dropped`（破棄）、`delivered`（到達）、`underway`（途中）: パケットの結末',
      '`syn` `fin` `rst`: TCP のフラグ。`"GET /"`: 内容の文字。`#3`: 3 番目のコマンドが起こしたもの',
      '並べた言葉はすべて満たすものだけ。`or`、`not`、かっこも使えます。全角でもかまいません。',
    ],
    clear: '消す',
    follow: '追従',
    followTitle: 'いちばん新しいパケットを表示し続けます',
    count: (shown, all) => (shown === all ? `${all} 個のパケット` : `${all} 個中 ${shown} 個`),
    lost: (records) => `古い ${records} ステップの記録はもう残っていません。`,
    nothing: 'まだパケットは流れていません。`ping`、`wget`、`nc` など、通信するコマンドを実行してみましょう。',
    nothingFits: 'この条件に合うパケットはまだありません。',
    time: '時刻',
    from: '送信元',
    to: '宛先',
    protocol: '種類',
    summary: '内容',
    fate: '結末',
    command: 'コマンド',
    commandTitle: (number) => `${number} 番目のコマンドが起こしたもの`,
    everybody: '全員',
    underway: '途中',
    delivered: '到達',
    dropped: '破棄',
    deliveredTo: (where) => `${where} に到達`,
    droppedAt: (where, reason) => `${where} で破棄: ${reason}`,
    problem(problem, names) {
      switch (problem.problem) {
        case 'unknown word':
          return `${code(problem.word)} はプロトコルでもアドレスでも、ここで見た名前でもありません。${names.length > 0 ? `名前: ${several(names)}。` : ''}`;
        case 'port expected':
          return `${code(problem.after)} のあとには 0 から 65535 までの数を書きます。`;
        case 'address expected':
          return `${code(problem.after)} のあとにはアドレス、${code('172.18.0.0/16')} のようなネットワーク、または名前を書きます。${names.length > 0 ? `名前: ${several(names)}。` : ''}`;
        case 'number expected':
          return `${code(problem.after)} のあとにはコマンドの番号を書きます。`;
        case 'ends too early':
          return `${code(problem.after)} のあとが足りません。`;
        case 'unclosed parenthesis':
          return 'かっこが閉じていません。';
        case 'unexpected parenthesis':
          return '閉じかっこが多すぎます。';
        case 'unclosed quote':
          return '引用符が閉じていません。';
      }
    },
  },
};
