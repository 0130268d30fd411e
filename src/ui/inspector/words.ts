import type { Catalog } from '../words/catalog.ts';
import { code } from './marks.ts';

export interface InspectorWords {
  readonly title: string;
  readonly nothingSelected: string;
  readonly gone: string;
  readonly unread: string;
  step(number: number, count: number): string;
  readonly previous: string;
  readonly next: string;
  readonly whole: string;
  readonly journey: string;
  readonly layers: string;
  readonly quoted: string;
  readonly bytes: string;
  readonly becauseOf: string;
  readonly ledTo: string;
  more(count: number): string;
  command(number: number): string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly seeVerdict: string;
  readonly delivered: string;
  readonly dropped: string;
  readonly underway: string;
  readonly underwayMeaning: string;
  wasChanged(before: string, after: string): string;
  readonly byNat: string;
  byNatRule(number: number, chain: string): string;
  readonly byNatMemory: string;
  byRouter(name: string): string;
  byLink(place: string): string;
  readonly byRewriting: string;
  publishes(container: string, hostPort: number, containerPort: number): string;
  bytesOf(offset: number, length: number): string;
  readonly hopList: string;
  moreFields(count: number): string;
  readonly fewerFields: string;
}

export const INSPECTOR_WORDS: Catalog<InspectorWords> = {
  en: {
    title: 'Details',
    nothingSelected:
      'Point at anything and select it: a packet, a container, a bridge, a gate, a row of a table. What it is, and why it is so, is then told here.',
    gone: 'This is not kept any more.',
    unread: 'The bytes of this packet can’t be read any further.',
    step: (number, count) => `Step ${number} of ${count}`,
    previous: 'Previous step',
    next: 'Next step',
    whole: 'The whole journey',
    journey: 'Its journey',
    layers: 'What it carries',
    quoted: 'quoted',
    bytes: 'Bytes',
    becauseOf: 'Because of',
    ledTo: 'Led to',
    more: (count) => `and ${count} more`,
    command: (number) => `your command #${number}`,
    what: 'What happened',
    why: 'Why',
    remedy: 'What you can do',
    seeVerdict: 'The rule that said so',
    delivered: 'delivered',
    dropped: 'dropped',
    underway: 'underway',
    underwayMeaning: 'It is still on its way, or waits somewhere.',
    wasChanged: (before, after) => `was ${before}, is ${after}`,
    byNat: 'NAT',
    byNatRule: (number, chain) => `NAT: rule ${number} of ${chain}`,
    byNatMemory: 'NAT: as conntrack remembers it',
    byRouter: (name) => `passed on by ${name}: one less`,
    byLink: (place) => `onto another link: ${place}`,
    byRewriting: 'follows from the other changes',
    publishes: (container, hostPort, containerPort) =>
      `Docker wrote this rule because ${code(container)} publishes port ${code(`${hostPort}:${containerPort}`)}.`,
    bytesOf: (offset, length) => (length === 1 ? `byte ${offset}` : `bytes ${offset} to ${offset + length - 1}`),
    hopList: 'Steps of the journey',
    moreFields: (count) => `${count} more fields`,
    fewerFields: 'Fewer fields',
  },
  ja: {
    title: '詳細',
    nothingSelected:
      'パケット、コンテナ、ブリッジ、関門、表の行など、気になるものを選ぶと、それが何で、なぜそうなのかがここに表示されます。',
    gone: 'この記録はもう残っていません。',
    unread: 'このパケットのバイト列はこれ以上読み解けません。',
    step: (number, count) => `ステップ ${number} / ${count}`,
    previous: '前のステップ',
    next: '次のステップ',
    whole: '道のり全体',
    journey: 'たどった道のり',
    layers: '中身',
    quoted: '引用',
    bytes: 'バイト列',
    becauseOf: 'きっかけ',
    ledTo: 'これが起こしたもの',
    more: (count) => `ほか ${count} 件`,
    command: (number) => `あなたのコマンド #${number}`,
    what: '何が起きたか',
    why: 'なぜか',
    remedy: 'できること',
    seeVerdict: 'そう決めたルール',
    delivered: '到達',
    dropped: '破棄',
    underway: '途中',
    underwayMeaning: 'まだ途中にあるか、どこかで待っています。',
    wasChanged: (before, after) => `${before} から ${after} に変更`,
    byNat: 'NAT',
    byNatRule: (number, chain) => `NAT: ${chain} のルール ${number}`,
    byNatMemory: 'NAT: conntrack の記録どおり',
    byRouter: (name) => `${name} が転送したので 1 減少`,
    byLink: (place) => `別のリンクへ: ${place}`,
    byRewriting: 'ほかの変更に合わせて計算し直し',
    publishes: (container, hostPort, containerPort) =>
      `このルールは、${code(container)} がポート ${code(`${hostPort}:${containerPort}`)} を公開しているので Docker が書きました。`,
    bytesOf: (offset, length) => (length === 1 ? `${offset} バイト目` : `${offset}～${offset + length - 1} バイト目`),
    hopList: '道のりのステップ',
    moreFields: (count) => `ほか ${count} 項目`,
    fewerFields: '主な項目だけ',
  },
};
