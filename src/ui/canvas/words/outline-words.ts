import type { Catalog } from '../../words/catalog.ts';

/** The parts of the picture in words. */
export interface OutlineWords {
  readonly lan: (name: string) => string;
  readonly internet: (address: string) => string;
  readonly host: (name: string) => string;
  /** @param outside the port of the host, with the address where it is open at one alone */
  readonly door: (outside: string, containerPort: number, protocol: string, container: string) => string;
  readonly gate: (table: string, chain: string, rules: number, policy: string | null) => string;
  readonly ledger: (entries: number) => string;
  readonly connection: (protocol: string, state: string | null, original: string, reply: string) => string;
  readonly network: (
    name: string,
    bridge: string,
    address: string,
    is: { readonly internal: boolean; readonly up: boolean },
  ) => string;
  /** A network whose containers share the host's card. */
  readonly macvlan: OutlineWords['network'];
  readonly port: (number: number, device: string, other: string | null, up: boolean) => string;
  readonly room: (name: string, image: string, state: string, health: string | null) => string;
  readonly device: (name: string, addresses: string, up: boolean) => string;
  readonly listener: (program: string, protocol: string, port: number) => string;
  readonly desk: string;
}

export const OUTLINE_WORDS: Catalog<OutlineWords> = {
  en: {
    lan: (name) => `Machine ${name} on the LAN`,
    internet: (address) => `The internet behind it: ${address}`,
    host: (name) => `Host ${name}`,
    door: (outside, containerPort, protocol, container) =>
      `Door ${outside} → ${containerPort}/${protocol} of ${container}`,
    gate: (table, chain, rules, policy) =>
      `Gate ${table} ${chain}: ${rules === 1 ? '1 rule' : `${rules} rules`}${policy === null ? '' : `, policy ${policy}`}`,
    ledger: (entries) => (entries === 1 ? 'conntrack: 1 connection' : `conntrack: ${entries} connections`),
    connection: (protocol, state, original, reply) =>
      `${protocol} ${state === null ? '' : `${state} `}${original}, answers ${reply}`,
    network: (name, bridge, address, { internal, up }) =>
      `Network ${name}: switch ${bridge} ${address}${internal ? ', internal' : ''}${up ? '' : ', down'}`,
    macvlan: (name, parent, subnet, { internal, up }) =>
      `Network ${name}: macvlan on ${parent}, ${subnet}${internal ? ', internal' : ''}${up ? '' : ', down'}`,
    port: (number, device, other, up) =>
      `Port ${number}, ${device}${other === null ? '' : `: cable to ${other}`}${up ? '' : ', no link'}`,
    room: (name, image, state, health) =>
      `Container ${name} (${image}): ${state}${health === null ? '' : `, ${health}`}`,
    device: (name, addresses, up) => `${name} ${addresses}${up ? '' : ', down'}`.trim(),
    listener: (program, protocol, port) => `${program} listens on ${port}/${protocol}`,
    desk: 'Embedded DNS at 127.0.0.11',
  },
  ja: {
    lan: (name) => `LAN 上のマシン ${name}`,
    internet: (address) => `その先のインターネット: ${address}`,
    host: (name) => `ホスト ${name}`,
    door: (outside, containerPort, protocol, container) =>
      `扉 ${outside} → ${container} の ${containerPort}/${protocol}`,
    gate: (table, chain, rules, policy) =>
      `関門 ${table} ${chain}: ルール ${rules} 件${policy === null ? '' : `、ポリシー ${policy}`}`,
    ledger: (entries) => `conntrack: 接続 ${entries} 件`,
    connection: (protocol, state, original, reply) =>
      `${protocol} ${state === null ? '' : `${state} `}${original}、戻り ${reply}`,
    network: (name, bridge, address, { internal, up }) =>
      `ネットワーク ${name}: スイッチ ${bridge} ${address}${internal ? '、内部専用' : ''}${up ? '' : '、停止中'}`,
    macvlan: (name, parent, subnet, { internal, up }) =>
      `ネットワーク ${name}: ${parent} 上の macvlan、${subnet}${internal ? '、内部専用' : ''}${up ? '' : '、停止中'}`,
    port: (number, device, other, up) =>
      `ポート ${number}、${device}${other === null ? '' : `: ${other} へのケーブル`}${up ? '' : '、リンクなし'}`,
    room: (name, image, state, health) =>
      `コンテナ ${name}（${image}）: ${state}${health === null ? '' : `、${health}`}`,
    device: (name, addresses, up) => `${name} ${addresses}${up ? '' : '、停止中'}`.trim(),
    listener: (program, protocol, port) => `${program} が ${port}/${protocol} で待ち受け`,
    desk: '組み込み DNS（127.0.0.11）',
  },
};
