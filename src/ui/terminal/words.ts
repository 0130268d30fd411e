import type { Catalog } from '../words/catalog.ts';

interface Words {
  readonly terminals: string;
  readonly terminal: (number: number) => string;
  /** What a screen reader says of the place to type in. */
  readonly input: (number: number) => string;
  readonly newTerminal: string;
  readonly close: (number: number) => string;
  readonly split: string;
  readonly unsplit: string;
  readonly menu: string;
  readonly runs: (command: string) => string;
  readonly inContainer: (name: string) => string;
  /** A screen reader hears the end of a long output, and this before it. */
  readonly linesBefore: (lines: number) => string;
  readonly ended: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly clear: string;
  readonly find: string;
  readonly bigger: string;
  readonly smaller: string;
  readonly screenReader: string;
  readonly pasteByKey: string;
  readonly copied: string;
  readonly findLabel: string;
  readonly findNext: string;
  readonly findPrevious: string;
  readonly findNone: string;
  readonly closeFind: string;
  readonly wide: (sample: string) => string;
  readonly convert: string;
  readonly leaveIt: string;
  readonly keys: string;
  readonly skipped: (seconds: number) => string;
  readonly starting: string;
  readonly leaveByKey: string;
}

export const WORDS: Catalog<Words> = {
  en: {
    terminals: 'Terminals',
    terminal: (number) => `Terminal ${number}`,
    input: (number) => `Terminal ${number} of the host ubuntu. Escape, then Tab leaves it.`,
    newTerminal: 'New terminal',
    close: (number) => `Close terminal ${number}`,
    split: 'Show two terminals side by side',
    unsplit: 'Show one terminal',
    menu: 'Terminal menu',
    runs: (command) => `running ${command}`,
    inContainer: (name) => `inside ${name}`,
    linesBefore: (lines) => `${lines} more lines before these:`,
    ended: 'This shell has ended. Close the tab, or open a new terminal.',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    clear: 'Clear',
    find: 'Find…',
    bigger: 'Larger text',
    smaller: 'Smaller text',
    screenReader: 'Screen reader mode',
    pasteByKey: 'The browser keeps its clipboard to itself. Press Ctrl+V to paste.',
    copied: 'Copied.',
    findLabel: 'Find in the terminal',
    findNext: 'Next',
    findPrevious: 'Previous',
    findNone: 'Not found',
    closeFind: 'Close the search',
    wide: (sample) => `“${sample}” is full-width. To the shell these are different characters.`,
    convert: 'Make it half-width',
    leaveIt: 'Leave it',
    keys: 'Keys that a phone lacks',
    skipped: (seconds) => `${seconds} s passed`,
    starting: 'The host is starting…',
    leaveByKey: 'Escape, then Tab leaves the terminal',
  },
  ja: {
    terminals: '端末',
    terminal: (number) => `端末 ${number}`,
    input: (number) => `ホスト ubuntu の端末 ${number}。Escape のあとに Tab を押すと抜けられます。`,
    newTerminal: '端末を増やす',
    close: (number) => `端末 ${number} を閉じる`,
    split: '端末を 2 つ並べる',
    unsplit: '端末を 1 つだけ表示する',
    menu: '端末のメニュー',
    runs: (command) => `${command} を実行中`,
    inContainer: (name) => `${name} の中`,
    linesBefore: (lines) => `この前に ${lines} 行あります。`,
    ended: 'このシェルは終了しました。タブを閉じるか、端末を増やしてください。',
    copy: 'コピー',
    paste: '貼り付け',
    selectAll: 'すべて選択',
    clear: '画面を消す',
    find: '検索…',
    bigger: '文字を大きく',
    smaller: '文字を小さく',
    screenReader: 'スクリーンリーダー用の表示',
    pasteByKey: 'ブラウザーがクリップボードを読ませてくれません。Ctrl+V で貼り付けてください。',
    copied: 'コピーしました。',
    findLabel: '端末の中を検索',
    findNext: '次へ',
    findPrevious: '前へ',
    findNone: '見つかりません',
    closeFind: '検索を閉じる',
    wide: (sample) => `「${sample}」は全角です。シェルには別の文字に見えます。`,
    convert: '半角にする',
    leaveIt: 'そのままにする',
    keys: 'スマートフォンにないキー',
    skipped: (seconds) => `${seconds} 秒たちました`,
    starting: 'ホストを起動しています…',
    leaveByKey: 'Escape のあとに Tab を押すと端末から抜けられます',
  },
};
