import { readDuration } from '../load/duration.ts';
import type { IpamConfig, ProjectNetwork, ProjectVolume } from './project.ts';

/** Small readers that turn the many ways of writing one thing in YAML into one. The data has passed the grammar. */

export type Data = Readonly<Record<string, unknown>>;

export const asData = (value: unknown): Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
export const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
export const asStrings = (value: unknown): readonly string[] => asList(value).map(String);
export const asText = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));
export const asDuration = (value: unknown): number => (typeof value === 'string' ? (readDuration(value) ?? 0) : 0);

/** `KEY: value` or `- KEY=value`; a key alone is null. */
export function asPairs(value: unknown, separator = '='): ReadonlyMap<string, string | null> {
  if (!Array.isArray(value))
    return new Map(Object.entries(asData(value)).map(([key, each]) => [key, scalarText(each)]));
  return new Map(
    value.map((each) => {
      const text = String(each);
      const at = text.indexOf(separator);
      return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** The same, with an empty text for a key alone, as labels are. */
export function asLabels(value: unknown): ReadonlyMap<string, string> {
  return new Map([...asPairs(value)].map(([key, each]) => [key, each ?? '']));
}

/** YAML's own spelling of a scalar where a text is wanted. */
function scalarText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return String(value);
}

export function networkOf(key: string, raw: unknown, projectName: string): ProjectNetwork {
  const data = asData(raw);
  const external = data['external'];
  const isExternal = external === true || (typeof external === 'object' && external !== null);
  const ipam = asData(data['ipam']);
  return {
    key,
    name: asText(data['name']) ?? asText(asData(external)['name']) ?? (isExternal ? key : `${projectName}_${key}`),
    external: isExternal,
    driver: asText(data['driver']),
    driverOptions: asLabels(data['driver_opts']),
    ipamDriver: asText(ipam['driver']),
    ipam: asList(ipam['config']).map(ipamConfigOf),
    internal: data['internal'] === true,
    enableIpv6: data['enable_ipv6'] === true,
    attachable: data['attachable'] === true,
    labels: asLabels(data['labels']),
  };
}

function ipamConfigOf(raw: unknown): IpamConfig {
  const data = asData(raw);
  return {
    subnet: asText(data['subnet']),
    ipRange: asText(data['ip_range']),
    gateway: asText(data['gateway']),
    auxAddresses: asLabels(data['aux_addresses']),
  };
}

export function volumeOf(key: string, raw: unknown, projectName: string): ProjectVolume {
  const data = asData(raw);
  const external = data['external'];
  const isExternal = external === true || (typeof external === 'object' && external !== null);
  return {
    key,
    name: asText(data['name']) ?? asText(asData(external)['name']) ?? (isExternal ? key : `${projectName}_${key}`),
    external: isExternal,
    driver: asText(data['driver']),
    labels: asLabels(data['labels']),
  };
}
