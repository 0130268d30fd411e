import type { Catalog } from '../words/catalog.ts';

interface Words {
  readonly step: (number: number) => string;
  readonly done: string;
  readonly run: string;
  readonly inTerminal: (terminal: number) => string;
  readonly type: string;
  readonly press: string;
  readonly keyName: Readonly<Record<'C-c' | 'C-d' | 'Enter', string>>;
  readonly open: string;
  readonly openFile: (name: string) => string;
  readonly whatToWrite: string;
  readonly writeIt: string;
  readonly fromHost: string;
  readonly fromLan: string;
  readonly busy: (terminal: number, command: string) => string;
  readonly interruptFirst: string;
  readonly anyway: string;
  readonly copy: string;
  readonly predict: string;
  readonly yourPrediction: string;
  readonly itWas: string;
  readonly right: string;
  readonly wrong: string;
  readonly stillOpen: string;
  readonly score: (right: number, all: number) => string;
  readonly checks: string;
  readonly satisfied: string;
  readonly notYet: string;
  readonly hint: (grade: number) => string;
  readonly hintGrade: readonly [string, string, string];
  readonly mistake: string;
  readonly notice: string;
  readonly solution: string;
  readonly solutionNote: string;
  readonly playing: (position: number, all: number) => string;
  readonly stop: string;
  readonly stuck: Readonly<Record<'the terminal is busy' | 'a value is not known', string>>;
  readonly reset: string;
  readonly solved: string;
  readonly next: (title: string) => string;
  readonly tryIt: string;
  readonly claim: string;
  readonly loading: string;
  readonly missing: string;
  readonly toFirst: string;
  readonly sandboxTitle: string;
  readonly sandboxText: string;
  readonly sandboxIdeas: readonly { readonly text: string; readonly line: string }[];
  readonly goOn: string;
  readonly announceDone: (label: string) => string;
  readonly challenge: string;
  readonly holdsNow: string;
}

export const WORDS: Catalog<Words> = {
  en: {
    step: (number) => `Step ${number}`,
    done: 'done',
    run: 'Run',
    inTerminal: (terminal) => `terminal ${terminal}`,
    type: 'Type',
    press: 'Press',
    keyName: { 'C-c': 'Ctrl+C', 'C-d': 'Ctrl+D', Enter: 'Enter' },
    open: 'Open',
    openFile: (name) => `Edit ${name}`,
    whatToWrite: 'Show what to write',
    writeIt: 'Write it for me',
    fromHost: 'from the host',
    fromLan: 'from another machine on the LAN',
    busy: (terminal, command) => `Terminal ${terminal} is still running ${command}.`,
    interruptFirst: 'Stop it with Ctrl+C, then run',
    anyway: 'Leave it',
    copy: 'Copy',
    predict: 'Before you run it: what do you expect?',
    yourPrediction: 'You expected this',
    itWas: 'This is what happened',
    right: 'As you expected.',
    wrong: 'It turned out otherwise, which is worth a thought.',
    stillOpen: 'Now run it: the lab will show.',
    score: (right, all) => `Predictions that came true: ${right} of ${all}`,
    checks: 'Checks',
    satisfied: 'done',
    notYet: 'not yet',
    hint: (grade) => `Hint ${grade} of 3`,
    hintGrade: ['A nudge', 'A pointer', 'The way'],
    mistake: 'Something to look at',
    notice: 'Notice',
    solution: 'Show the solution',
    solutionNote: 'It plays in your terminals, step by step.',
    playing: (position, all) => `Playing ${position} of ${all}`,
    stop: 'Stop',
    stuck: {
      'the terminal is busy': 'The terminal is busy with another command. End it with Ctrl+C, then go on.',
      'a value is not known': 'This needs an address that isn’t known yet. Do the steps before it first.',
    },
    reset: 'Reset this exercise',
    solved: 'Solved',
    next: (title) => `Next: ${title}`,
    tryIt: 'Try it',
    claim: 'Often read:',
    loading: 'Loading…',
    missing: 'There is no such page in the course, or it could not be loaded.',
    toFirst: 'To the first exercise',
    sandboxTitle: 'Sandbox',
    sandboxText:
      'A Linux host with Docker, docker-compose and docker compose, for anything you like. Nothing is checked here. Files, containers and networks stay until you start over.',
    sandboxIdeas: [
      { text: 'Two containers that know each other by name:', line: 'docker network create app' },
      { text: 'A web server that the LAN can reach:', line: 'docker run -d --name web -p 8080:80 nginx:alpine' },
      { text: 'What the host does with its packets:', line: 'iptables -t nat -S' },
    ],
    goOn: 'Go on',
    announceDone: (label) => `Done: ${label}`,
    challenge: 'Challenge',
    holdsNow: 'true right now',
  },
  ja: {
    step: (number) => `ステップ ${number}`,
    done: '完了',
    run: '実行',
    inTerminal: (terminal) => `端末 ${terminal}`,
    type: '入力',
    press: '押す',
    keyName: { 'C-c': 'Ctrl+C', 'C-d': 'Ctrl+D', Enter: 'Enter' },
    open: '開く',
    openFile: (name) => `${name} を編集`,
    whatToWrite: '書く内容を見る',
    writeIt: '代わりに書いてもらう',
    fromHost: 'ホストから',
    fromLan: '同じ LAN の別のマシンから',
    busy: (terminal, command) => `端末 ${terminal} では、まだ ${command} が動いています。`,
    interruptFirst: 'Ctrl+C で止めてから実行',
    anyway: 'そのままにする',
    copy: 'コピー',
    predict: '実行する前に、予想してみましょう',
    yourPrediction: 'あなたの予想',
    itWas: '実際の結果',
    right: '予想どおりでした。',
    wrong: '予想とは違う結果になりました。理由を見てみましょう。',
    stillOpen: '実行して、確かめてみましょう。',
    score: (right, all) => `当たった予想: ${all} 問中 ${right} 問`,
    checks: '確認',
    satisfied: '達成',
    notYet: 'まだ',
    hint: (grade) => `ヒント ${grade} / 3`,
    hintGrade: ['きっかけ', '手がかり', 'やり方'],
    mistake: '気づいたこと',
    notice: '見るポイント',
    solution: '解答を見る',
    solutionNote: '端末の中で、1 つずつ実行して見せます。',
    playing: (position, all) => `実行中 ${position} / ${all}`,
    stop: '止める',
    stuck: {
      'the terminal is busy': '端末で別のコマンドが動いています。Ctrl+C で終わらせてから続けてください。',
      'a value is not known': 'まだわからないアドレスが必要です。先に前のステップを進めてください。',
    },
    reset: 'この演習をやり直す',
    solved: '達成しました',
    next: (title) => `次へ: ${title}`,
    tryIt: '試してみる',
    claim: 'よくある説明:',
    loading: '読み込んでいます…',
    missing: 'コースにそのページがないか、読み込めませんでした。',
    toFirst: '最初の演習へ',
    sandboxTitle: '自由に試す',
    sandboxText:
      'Docker、docker-compose、docker compose の使える Linux ホストです。何をしてもかまいません。ここでは何も判定しません。ファイル、コンテナ、ネットワークは「最初から」を選ぶまで残ります。',
    sandboxIdeas: [
      { text: '名前で呼び合えるコンテナを作る準備:', line: 'docker network create app' },
      { text: 'LAN から見える Web サーバー:', line: 'docker run -d --name web -p 8080:80 nginx:alpine' },
      { text: 'ホストがパケットをどう扱うか:', line: 'iptables -t nat -S' },
    ],
    goOn: '次へ進む',
    announceDone: (label) => `達成: ${label}`,
    challenge: 'チャレンジ',
    holdsNow: '今は成り立っている',
  },
};
