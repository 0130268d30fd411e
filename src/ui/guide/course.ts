import type { Catalog } from '../words/catalog.ts';

/** One page of the course, as menus name it. */
export interface CourseEntry {
  readonly page: 'exercise' | 'card';
  readonly id: string;
  readonly title: Catalog<string>;
}

export const ENTRIES: readonly CourseEntry[] = [
  {
    page: 'exercise',
    id: '1-default',
    title: { en: 'The default network of docker-compose', ja: 'docker-compose の既定のネットワーク' },
  },
  { page: 'exercise', id: '2-resolv', title: { en: 'Names on a shared network', ja: '共有ネットワーク上の名前' } },
  {
    page: 'exercise',
    id: '3-ip',
    title: { en: 'A chosen subnet and fixed addresses', ja: 'サブネットと固定アドレス' },
  },
  { page: 'exercise', id: '4-bridge', title: { en: 'The default bridge', ja: '既定のブリッジ' } },
  { page: 'exercise', id: '5-port', title: { en: 'Port forwarding', ja: 'ポートの公開' } },
  { page: 'exercise', id: '6-host', title: { en: 'The host network', ja: 'ホストネットワーク' } },
];
