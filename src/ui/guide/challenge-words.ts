import type { Catalog } from '../words/catalog.ts';

interface Words {
  readonly anyWay: string;
  readonly given: string;
  readonly conditions: string;
  readonly holding: (now: number, all: number) => string;
  readonly reset: string;
}

export const WORDS: Catalog<Words> = {
  en: {
    anyWay:
      'There are no steps, and any way counts. All of this has to be true at the same time; the lab tries it out on a copy of your machine. When you change the file of a project that is up, run docker-compose down first, then docker-compose up -d.',
    given: 'You are given',
    conditions: 'What has to be true',
    holding: (now, all) => `${now} of ${all} are true right now`,
    reset: 'Reset this challenge',
  },
  ja: {
    anyWay:
      '手順はありません。どんなやり方でもかまいません。次のすべてが同時に成り立てば達成です。本当に届くかどうかは、あなたのマシンのコピーで試しています。起動したあとでファイルを変えるときは、先に docker-compose down を、それから docker-compose up -d を実行します。',
    given: '渡されるファイル',
    conditions: '成り立たせること',
    holding: (now, all) => `今は ${all} 個のうち ${now} 個が成り立っています`,
    reset: 'このチャレンジをやり直す',
  },
};
