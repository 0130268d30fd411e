import { parseIpv4 } from '../../../wire/address.ts';
import { GATEWAY_MODES } from '../network.ts';

const BRIDGE = 'com.docker.network.bridge.';
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** Go's strconv.ParseBool; null: neither. */
export function parseBool(text: string): boolean | null {
  if (TRUE.includes(text)) return true;
  return FALSE.includes(text) ? false : null;
}

/** What is wrong with the options of a bridge network, in the driver's words (libnetwork/drivers/bridge, fromLabels); null: nothing. */
export function bridgeOptionsFault(options: Readonly<Record<string, string>>, internal: boolean): string | null {
  const fault = (name: string, value: string, why: string) => `failed to parse ${name} value: ${value} (${why})`;
  const syntax = (call: string, value: string) => `strconv.${call}: parsing ${JSON.stringify(value)}: invalid syntax`;
  for (const [name, value] of Object.entries(options)) {
    switch (name) {
      case `${BRIDGE}enable_icc`:
      case `${BRIDGE}enable_ip_masquerade`:
      case `${BRIDGE}default_bridge`:
        if (parseBool(value) === null) return fault(name, value, syntax('ParseBool', value));
        break;
      case 'com.docker.network.driver.mtu':
        if (!/^[+-]?\d+$/.test(value)) return fault(name, value, syntax('Atoi', value));
        break;
      case `${BRIDGE}host_binding_ipv4`:
        if (!parseIpv4(value).ok) return fault(name, value, 'nil ip');
        break;
      case `${BRIDGE}gateway_mode_ipv4`:
        if (!GATEWAY_MODES.some((mode) => mode === value)) return fault(name, value, `unknown gateway mode ${value}`);
        if (value === 'isolated' && !internal)
          return "gateway mode 'isolated' can only be used for an internal network";
        break;
      default:
    }
  }
  return null;
}
