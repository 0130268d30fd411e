import type { SessionLoss } from '../../lab/messages.ts';
import type { Catalog } from '../words/catalog.ts';
import type { Pane, Tool } from './panes.ts';
import type { PaneSize } from './sizes.ts';

interface Words {
  readonly tagline: string;
  readonly skipToGuide: string;
  readonly skipToTerminal: string;
  readonly course: string;
  readonly exercises: string;
  readonly exerciseState: { readonly done: string; readonly open: string };
  readonly sandbox: string;
  readonly language: string;
  readonly dark: string;
  readonly undo: string;
  readonly undone: (what: string) => string;
  readonly nothingToUndo: string;
  readonly startOver: string;
  readonly startOverText: string;
  readonly startOverKeep: string;
  readonly startOverAll: string;
  readonly startedOver: string;
  readonly cancel: string;
  readonly close: string;
  readonly more: string;
  readonly shortcuts: string;
  readonly shortcutList: readonly (readonly [keys: string, does: string])[];
  readonly guide: string;
  readonly picture: string;
  readonly terminal: string;
  readonly details: string;
  readonly tools: string;
  readonly panes: string;
  readonly pane: Readonly<Record<Pane, string>>;
  readonly tool: Readonly<Record<Tool, string>>;
  readonly closeTools: string;
  readonly openGuide: string;
  readonly closeGuide: string;
  readonly sizeOf: Readonly<Record<PaneSize, string>>;
  readonly partComing: string;
  readonly partFailed: string;
  readonly storage: Readonly<Record<'blocked' | 'full', string>>;
  readonly lost: Readonly<Record<SessionLoss, string>>;
  readonly fault: (message: string) => string;
  readonly dismiss: string;
  readonly solved: (title: string) => string;
}

export const WORDS: Catalog<Words> = {
  en: {
    tagline: 'Docker networking, packet by packet',
    skipToGuide: 'Skip to the guide',
    skipToTerminal: 'Skip to the terminal',
    course: 'Course',
    exercises: 'Exercises',
    exerciseState: { done: 'done', open: 'open now' },
    sandbox: 'Sandbox',
    language: 'Language',
    dark: 'Dark colours',
    undo: 'Undo',
    undone: (what) => `Undone: ${what}`,
    nothingToUndo: 'There is nothing to undo.',
    startOver: 'Start over',
    startOverText: 'The host starts afresh: containers, networks and terminals go. What about your files?',
    startOverKeep: 'Keep my files',
    startOverAll: 'Remove files too',
    startedOver: 'The host has started afresh.',
    cancel: 'Cancel',
    close: 'Close',
    more: 'More',
    shortcuts: 'Keyboard shortcuts',
    shortcutList: [
      ['Ctrl+`', 'Go to the terminal'],
      ['Esc, Tab', 'Leave the terminal'],
      ['F6, Shift+F6', 'Next pane, previous pane'],
      ['Tab', 'Complete a command, in the terminal'],
      ['Ctrl+R', 'Search older commands'],
      ['Ctrl+C', 'Copy what is selected; otherwise stop the command'],
      ['Ctrl+V', 'Paste'],
      ['Ctrl+D', 'End of input'],
      ['Ctrl+L', 'Clear the terminal'],
      ['Ctrl+Shift+F', 'Find in the terminal'],
      ['← → ↑ ↓', 'Resize panes, on their border'],
      ['?', 'This list'],
    ],
    guide: 'Guide',
    picture: 'Picture of the network',
    terminal: 'Terminal',
    details: 'Details',
    tools: 'Files, browser, packets and tables',
    panes: 'Panes',
    pane: {
      guide: 'Guide',
      terminal: 'Terminal',
      picture: 'Picture',
      files: 'Files',
      browser: 'Browser',
      packets: 'Packets',
    },
    tool: { files: 'Files', browser: 'Browser', packets: 'Packets', tables: 'Tables', details: 'Details' },
    closeTools: 'Close the tools',
    openGuide: 'Open the guide',
    closeGuide: 'Close the guide',
    sizeOf: {
      guide: 'Width of the guide',
      details: 'Width of the details',
      lower: 'Height of the terminal',
      dock: 'Width of the tools',
    },
    partComing: 'Loading…',
    partFailed: 'This part could not be loaded. The rest works on; reload the page to try again.',
    storage: {
      blocked:
        'This browser lets the page keep nothing. The lab works on, but closing the page loses your work: containers, files and progress.',
      full: 'The browser’s storage is full, so the latest changes can’t be kept. The lab works on; free some space, or closing the page loses them.',
    },
    lost: {
      'another build':
        'Bridgewalk has changed since your last visit, and the saved session can’t be replayed. The host starts afresh; your files and progress are still there.',
      'broken log':
        'The saved session is damaged and can’t be replayed. The host starts afresh; your files and progress are still there.',
    },
    fault: (message) => `A fault of ours: ${message} If the lab behaves oddly, start over.`,
    dismiss: 'Dismiss',
    solved: (title) => `Solved: ${title}`,
  },
  ja: {
    tagline: 'パケットを目で追う Docker ネットワーク',
    skipToGuide: 'ガイドへ移動',
    skipToTerminal: '端末へ移動',
    course: 'コース',
    exercises: '演習',
    exerciseState: { done: '完了', open: '表示中' },
    sandbox: '自由に試す',
    language: '言語',
    dark: '暗い配色',
    undo: '元に戻す',
    undone: (what) => `元に戻しました: ${what}`,
    nothingToUndo: '元に戻せる操作がありません。',
    startOver: '最初から',
    startOverText: 'ホストを起動直後の状態に戻します。コンテナ、ネットワーク、端末は消えます。ファイルはどうしますか。',
    startOverKeep: 'ファイルは残す',
    startOverAll: 'ファイルも消す',
    startedOver: 'ホストを起動直後の状態に戻しました。',
    cancel: 'やめる',
    close: '閉じる',
    more: 'その他',
    shortcuts: 'キーボード操作',
    shortcutList: [
      ['Ctrl+`', '端末へ移動'],
      ['Esc、Tab', '端末から抜ける'],
      ['F6、Shift+F6', '次の領域、前の領域'],
      ['Tab', 'コマンドを補完（端末で）'],
      ['Ctrl+R', '前に入力したコマンドを検索'],
      ['Ctrl+C', '選択範囲をコピー。選択がなければコマンドを中断'],
      ['Ctrl+V', '貼り付け'],
      ['Ctrl+D', '入力の終わり'],
      ['Ctrl+L', '端末の画面を消す'],
      ['Ctrl+Shift+F', '端末の中を検索'],
      ['← → ↑ ↓', '境界線の上で領域の大きさを変える'],
      ['?', 'この一覧'],
    ],
    guide: 'ガイド',
    picture: 'ネットワークの図',
    terminal: '端末',
    details: '詳細',
    tools: 'ファイル、ブラウザー、パケット、表',
    panes: '画面の切り替え',
    pane: {
      guide: 'ガイド',
      terminal: '端末',
      picture: '図',
      files: 'ファイル',
      // One letter shorter than elsewhere: a sixth of a narrow phone holds no more.
      browser: 'ブラウザ',
      packets: 'パケット',
    },
    tool: { files: 'ファイル', browser: 'ブラウザー', packets: 'パケット', tables: '表', details: '詳細' },
    closeTools: 'ツールを閉じる',
    openGuide: 'ガイドを開く',
    closeGuide: 'ガイドを閉じる',
    sizeOf: { guide: 'ガイドの幅', details: '詳細の幅', lower: '端末の高さ', dock: 'ツールの幅' },
    partComing: '読み込んでいます…',
    partFailed: 'この部分を読み込めませんでした。ほかの部分は使えます。ページを再読み込みすると、もう一度試せます。',
    storage: {
      blocked:
        'このブラウザーでは、ページが何も保存できません。このまま使えますが、ページを閉じると、コンテナ、ファイル、進み具合は失われます。',
      full: 'ブラウザーの保存領域に空きがないため、最近の変更を保存できません。このまま使えますが、空きがないままページを閉じると失われます。',
    },
    lost: {
      'another build':
        '前回から Bridgewalk が新しくなり、保存された作業の続きを再現できませんでした。ホストは起動直後の状態です。ファイルと進み具合は残っています。',
      'broken log':
        '保存された作業が壊れていて、続きを再現できませんでした。ホストは起動直後の状態です。ファイルと進み具合は残っています。',
    },
    fault: (message) => `こちらの不具合です: ${message} 動きがおかしいときは「最初から」をお試しください。`,
    dismiss: '閉じる',
    solved: (title) => `達成しました: ${title}`,
  },
};
