import type { Catalog } from '../words/catalog.ts';

export interface EditorWords {
  readonly tree: string;
  readonly showTree: string;
  readonly hideTree: string;
  readonly newFile: string;
  readonly newFolder: string;
  readonly newFileIn: (folder: string) => string;
  readonly newFolderIn: (folder: string) => string;
  readonly rename: string;
  readonly renameOf: (name: string) => string;
  readonly remove: string;
  readonly removed: (name: string) => string;
  readonly nameTaken: (name: string) => string;
  readonly badName: string;
  readonly failed: (name: string, error: string) => string;
  readonly emptyFolder: string;
  readonly openFiles: string;
  readonly close: (name: string) => string;
  readonly unsaved: string;
  readonly save: string;
  readonly saved: (name: string) => string;
  readonly bringUp: string;
  readonly bringUpWith: (command: string) => string;
  readonly busy: string;
  readonly nothingOpen: string;
  readonly problems: (count: number) => string;
  readonly noProblems: string;
  readonly line: (line: number) => string;
  readonly conflict: string;
  readonly takeTheirs: string;
  readonly keepMine: string;
  readonly editorOf: (name: string) => string;
  readonly loading: string;
  readonly plainInstead: string;
  readonly says: (face: string) => string;
}

export const WORDS: Catalog<EditorWords> = {
  en: {
    tree: 'Files of the host',
    showTree: 'Show the folders',
    hideTree: 'Hide the folders',
    newFile: 'New file',
    newFolder: 'New folder',
    newFileIn: (folder) => `Name of the new file in ${folder}`,
    newFolderIn: (folder) => `Name of the new folder in ${folder}`,
    rename: 'Rename',
    renameOf: (name) => `New name of ${name}`,
    remove: 'Delete',
    removed: (name) => `${name} is deleted. Undo, in the header, brings it back.`,
    nameTaken: (name) => `There is already something called ${name} here.`,
    badName: 'A name has no slash and isn’t empty.',
    failed: (name, error) => `${name} could not be written: the host says ${error}.`,
    emptyFolder: 'empty',
    openFiles: 'Open files',
    close: (name) => `Close ${name}`,
    unsaved: 'not saved yet',
    save: 'Save',
    saved: (name) => `${name} is saved.`,
    bringUp: 'Bring it up',
    bringUpWith: (command) => `Saves, then types “${command}” into a terminal`,
    busy: 'Every terminal is busy. End a command with Ctrl+C, or open another terminal.',
    nothingOpen: 'Choose a file, or make a new one. A container sees at once what changes in a file that it mounts.',
    problems: (count) => (count === 1 ? '1 problem' : `${count} problems`),
    noProblems: 'No problems',
    line: (line) => `line ${line}`,
    conflict: 'A command has changed this file on the host while you were writing.',
    takeTheirs: 'Take the host’s',
    keepMine: 'Keep mine',
    editorOf: (name) => `Text of ${name}`,
    loading: 'Loading the editor…',
    plainInstead: 'The editor could not be loaded; here is a plain one.',
    says: (face) => `${face} says`,
  },
  ja: {
    tree: 'ホストのファイル',
    showTree: 'フォルダーを表示',
    hideTree: 'フォルダーを隠す',
    newFile: '新しいファイル',
    newFolder: '新しいフォルダー',
    newFileIn: (folder) => `${folder} に作るファイルの名前`,
    newFolderIn: (folder) => `${folder} に作るフォルダーの名前`,
    rename: '名前を変更',
    renameOf: (name) => `${name} の新しい名前`,
    remove: '削除',
    removed: (name) => `${name} を削除しました。画面上部の「元に戻す」で復元できます。`,
    nameTaken: (name) => `ここにはすでに ${name} があります。`,
    badName: '名前にスラッシュは使えません。空にもできません。',
    failed: (name, error) => `${name} に書き込めませんでした。ホストの応答: ${error}`,
    emptyFolder: '空',
    openFiles: '開いているファイル',
    close: (name) => `${name} を閉じる`,
    unsaved: '未保存',
    save: '保存',
    saved: (name) => `${name} を保存しました。`,
    bringUp: '起動する',
    bringUpWith: (command) => `保存してから、端末に「${command}」と入力します`,
    busy: 'どの端末でもコマンドが実行中です。Ctrl+C で終えるか、新しい端末を開いてください。',
    nothingOpen:
      'ファイルを選ぶか、新しく作ってください。コンテナにマウントしたファイルの変更は、コンテナの中からすぐに見えます。',
    problems: (count) => `問題 ${count} 件`,
    noProblems: '問題なし',
    line: (line) => `${line} 行目`,
    conflict: '編集中に、ホスト上のコマンドがこのファイルを書き換えました。',
    takeTheirs: 'ホストの内容にする',
    keepMine: '編集中の内容を残す',
    editorOf: (name) => `${name} の内容`,
    loading: 'エディターを読み込んでいます…',
    plainInstead: 'エディターを読み込めなかったため、簡易エディターを表示しています。',
    says: (face) => `${face} のメッセージ`,
  },
};
