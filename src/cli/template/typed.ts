import { GoAnyMap, GoStruct, GoTime, NIL_MAP, NIL_POINTER, NIL_SLICE, NO_VALUE, type GoValue } from './value.ts';

/** Fields of the API's objects that are maps in Go; every other JSON object is a struct with known fields. */
const MAPS = new Set(
  [
    'Labels Options Networks Ports ExposedPorts Volumes Containers PortBindings Sysctls Tmpfs DriverOpts',
    'AuxiliaryAddresses Annotations StorageOpt Services Attributes Data EndpointsConfig Runtimes',
    'IndexConfigs Details UsageData LogConfig.Config',
  ].flatMap((line) => line.split(' ')),
);
/** Fields that are lists in Go, so that null prints as `[]`. */
const LISTS = new Set(
  [
    'Aliases Links DNSNames Cmd Entrypoint Env Binds Dns DnsOptions DnsSearch OnBuild ExtraHosts GroupAdd',
    'CapAdd CapDrop VolumesFrom SecurityOpt Devices DeviceRequests Ulimits ExecIDs SecondaryIPAddresses',
    'SecondaryIPv6Addresses Warnings RepoTags RepoDigests Shell BlkioDeviceReadBps BlkioDeviceWriteBps',
    'BlkioDeviceReadIOps BlkioDeviceWriteIOps DeviceCgroupRules',
  ].flatMap((line) => line.split(' ')),
);
/** Fields that the API leaves out where they are empty, and what a template then sees. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, GoValue>>>> = {
  State: { Health: NIL_POINTER },
  Config: { Healthcheck: NIL_POINTER, StopSignal: '', StopTimeout: NIL_POINTER, MacAddress: '', Shell: NIL_SLICE },
  HostConfig: { Init: NIL_POINTER, Mounts: NIL_SLICE, Tmpfs: NIL_MAP, Sysctls: NIL_MAP, StorageOpt: NIL_MAP },
  'IPAM.Config': { Subnet: '', IPRange: '', Gateway: '', AuxiliaryAddresses: NIL_MAP },
  IPAMConfig: { IPv4Address: '', IPv6Address: '', LinkLocalIPs: NIL_SLICE },
};
/** Go's names of fields that have another name in JSON. */
const GO_NAMES = new Map([
  ['ID', 'Id'],
  ['DNS', 'Dns'],
  ['DNSOptions', 'DnsOptions'],
  ['DNSSearch', 'DnsSearch'],
  ['HostIP', 'HostIp'],
  ['AuxAddress', 'AuxiliaryAddresses'],
  ['IPv4', 'EnableIPv4'],
]);

/** An API object as docker's CLI decodes it: structs, maps, nil pointers (what `docker inspect -f` first tries). */
export function typedValue(json: unknown, goType = 'struct', path: readonly string[] = []): GoValue {
  const name = path.at(-1) ?? '';
  const qualified = path.slice(-2).join('.');
  if (json === null || json === undefined) return LISTS.has(name) ? NIL_SLICE : MAPS.has(name) ? NIL_MAP : NIL_POINTER;
  if (Array.isArray(json)) return json.map((each) => typedValue(each, goType, path));
  if (typeof json !== 'object') {
    if (path.length === 1 && name === 'Created' && goType === 'network.Inspect') return new GoTime(String(json));
    return json as GoValue;
  }
  const entries = Object.entries(json);
  if (MAPS.has(name) || MAPS.has(qualified))
    return new Map(entries.map(([key, value]) => [key, typedValue(value, goType, [...path, key, ''])]));
  const fields = new Map<string, GoValue>(
    entries.map(([key, value]) => [key, typedValue(value, goType, [...path, key])]),
  );
  const aliases = GO_NAMES;
  const hidden = LEFT_OUT[qualified] ?? LEFT_OUT[name] ?? {};
  const methods = new Map(
    Object.entries(hidden)
      .filter(([key]) => !fields.has(key))
      .map(([key, value]) => [key, (): GoValue => value]),
  );
  return new GoStruct(goType, fields, aliases, methods);
}

/** The same object as plain JSON: maps all the way down (what `docker inspect -f` falls back to). */
export function rawValue(json: unknown): GoValue {
  if (json === null || json === undefined) return NO_VALUE;
  if (Array.isArray(json)) return json.map(rawValue);
  if (typeof json !== 'object') return json as GoValue;
  return new GoAnyMap(Object.entries(json).map(([key, value]) => [key, rawValue(value)]));
}

/** JSON as the daemon sends it: fields in their order, the keys of maps sorted. */
export function orderedJson(json: unknown, path: readonly string[] = []): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((each) => orderedJson(each, path));
  const isMap = MAPS.has(path.at(-1) ?? '') || MAPS.has(path.slice(-2).join('.'));
  const entries = Object.entries(json);
  if (isMap) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, orderedJson(value, isMap ? [...path, key, ''] : [...path, key])]),
  );
}
