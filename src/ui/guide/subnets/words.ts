import type { Catalog } from '../../words/catalog.ts';
import type { Relation, SubnetProblem } from './subnet.ts';

interface Words {
  readonly calculator: string;
  readonly input: string;
  readonly problem: Readonly<Record<SubnetProblem, string>>;
  readonly binary: string;
  readonly networkPart: string;
  readonly hostPart: string;
  readonly mask: string;
  readonly network: string;
  readonly broadcast: string;
  readonly gateway: string;
  readonly containers: string;
  readonly count: string;
  readonly countOf: (hosts: string, size: string) => string;
  readonly none: string;
  readonly to: string;
  readonly compare: string;
  readonly first: string;
  readonly second: string;
  readonly relation: Readonly<Record<Relation, string>>;
  readonly refuses: string;
  readonly accepts: string;
  readonly allMasks: string;
  readonly prefix: string;
  readonly addresses: string;
}

export const WORDS: Catalog<Words> = {
  en: {
    calculator: 'Subnet calculator',
    input: 'Address and prefix length',
    problem: {
      form: 'This isn’t an address with a prefix length. It looks like 172.17.0.0/16.',
      octet: 'Each of the four numbers of an address goes from 0 to 255.',
      prefix: 'A prefix length goes from 0 to 32; a mask begins with ones and ends with zeros, like 255.255.0.0.',
    },
    binary: 'In binary',
    networkPart: 'names the network',
    hostPart: 'tells machines apart',
    mask: 'Mask',
    network: 'Network',
    broadcast: 'Broadcast',
    gateway: 'Gateway, by Docker’s habit',
    containers: 'For containers',
    count: 'Addresses',
    countOf: (hosts, size) => `${hosts} to give away, of ${size}`,
    none: 'none',
    to: 'to',
    compare: 'Do two subnets overlap?',
    first: 'First subnet',
    second: 'Second subnet',
    relation: {
      same: 'They are the same range.',
      'first holds second': 'They overlap: the second lies inside the first.',
      'second holds first': 'They overlap: the first lies inside the second.',
      apart: 'They don’t overlap.',
    },
    refuses: 'With one of them in use, Docker refuses the other:',
    accepts: 'Docker makes both.',
    allMasks: 'All masks, from /0 to /32',
    prefix: 'Prefix',
    addresses: 'Addresses',
  },
  ja: {
    calculator: 'サブネット電卓',
    input: 'アドレスとプレフィックス長',
    problem: {
      form: 'アドレスとプレフィックス長として読めません。172.17.0.0/16 のように書きます。',
      octet: 'アドレスの 4 つの数は、それぞれ 0 から 255 までです。',
      prefix:
        'プレフィックス長は 0 から 32 までです。マスクで書くなら 255.255.0.0 のように、1 が続いたあとに 0 が続く形です。',
    },
    binary: '2 進数',
    networkPart: 'ネットワークを表す',
    hostPart: '1 台 1 台を区別する',
    mask: 'マスク',
    network: 'ネットワーク',
    broadcast: 'ブロードキャスト',
    gateway: 'ゲートウェイ（Docker の習慣）',
    containers: 'コンテナ用',
    count: 'アドレスの数',
    countOf: (hosts, size) => `${size} 個のうち、割り当てられるのは ${hosts} 個`,
    none: 'なし',
    to: '～',
    compare: '2 つのサブネットは重なる？',
    first: '1 つ目のサブネット',
    second: '2 つ目のサブネット',
    relation: {
      same: '同じ範囲です。',
      'first holds second': '重なります。2 つ目は 1 つ目の中にあります。',
      'second holds first': '重なります。1 つ目は 2 つ目の中にあります。',
      apart: '重なりません。',
    },
    refuses: '片方が使われていると、Docker はもう片方を断ります。',
    accepts: 'Docker は両方とも作ります。',
    allMasks: '/0 から /32 までのすべてのマスク',
    prefix: 'プレフィックス',
    addresses: 'アドレスの数',
  },
};
