import type { PacketData } from '../../../lab/feed/feed.ts';
import type { Layer } from './field.ts';
import { readIpv4Layers } from './read-ipv4.ts';
import { readEthernetLayers } from './read-link.ts';

/** A packet opened into its layers, from the outside in, each field with its place in the bytes. What can't be read is left closed. */
export function readLayers({ layer, bytes }: Pick<PacketData, 'layer' | 'bytes'>): readonly Layer[] {
  return layer === 'frame' ? readEthernetLayers(bytes) : readIpv4Layers(bytes, 0);
}
