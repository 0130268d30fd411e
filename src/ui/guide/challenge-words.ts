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
      'There are no steps, and any way counts. All of this has to be so at the same time; the lab tries it out on a copy of your machine.',
    given: 'You are given',
    conditions: 'What shall be so',
    holding: (now, all) => `${now} of ${all} are so at the moment`,
    reset: 'Reset this challenge',
  },
  ja: {
    anyWay:
      '手順はありません。どんなやり方でもかまいません。次のすべてが同時に成り立てば達成です。本当に届くかどうかは、あなたのマシンの写しで試しています。',
    given: '渡されるファイル',
    conditions: '成り立たせること',
    holding: (now, all) => `今は ${all} 個のうち ${now} 個が成り立っています`,
    reset: 'この挑戦をやり直す',
  },
};
