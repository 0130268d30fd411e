import type { Catalog } from '../../words/catalog.ts';
import type { FieldName, LayerName } from './field.ts';
import { ENGLISH_FIELDS } from './words-en.ts';
import { JAPANESE_FIELDS } from './words-ja.ts';

/** A field's name as the standards have it, and what it is for in plain words. */
export interface FieldWords {
  readonly name: string;
  readonly meaning: string;
}

export const FIELD_WORDS: Catalog<Readonly<Record<FieldName, FieldWords>>> = {
  en: ENGLISH_FIELDS,
  ja: JAPANESE_FIELDS,
};

export const LAYER_NAMES: Readonly<Record<LayerName, string>> = {
  ethernet: 'Ethernet',
  arp: 'ARP',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  icmp: 'ICMP',
  icmp6: 'ICMPv6',
  udp: 'UDP',
  tcp: 'TCP',
  dns: 'DNS',
  http: 'HTTP',
};
