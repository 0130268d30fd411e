import { err, ok, type Result } from '../../../base/result.ts';
import type { Flag } from '../../command/flag.ts';

/** One `--network`: a name, or `name=net,alias=web,ip=10.0.0.5,gw-priority=10` (docker/cli opts/network.go). */
export interface NetworkAttachment {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocal: readonly string[];
  readonly mac: string;
  readonly gatewayPriority: number;
}

const PLAIN: Omit<NetworkAttachment, 'target'> = {
  aliases: [],
  driverOptions: {},
  ipv4: '',
  ipv6: '',
  linkLocal: [],
  mac: '',
  gatewayPriority: 0,
};

export function plainAttachment(target: string): NetworkAttachment {
  return { ...PLAIN, target };
}

export function networkFlag(
  help: string,
  options: { readonly sameAs?: string; readonly hidden?: boolean } = {},
): Flag<readonly NetworkAttachment[]> {
  return {
    ...options,
    help,
    type: 'network',
    initial: [],
    parse: (text, current) => {
      const parsed = parseAttachment(text);
      return parsed.ok ? ok([...current, parsed.value]) : parsed;
    },
  };
}

function parseAttachment(text: string): Result<NetworkAttachment, string> {
  if (!/\w+=\w+(,\w+=\w+)*/.test(text)) return ok(plainAttachment(text));
  let attachment: NetworkAttachment = plainAttachment('');
  for (const field of text.split(',')) {
    const lower = field.toLowerCase();
    const at = lower.indexOf('=');
    if (at <= 0) return err(`invalid field ${field}`);
    const changed = withField(attachment, lower.slice(0, at).trim(), lower.slice(at + 1).trim());
    if (!changed.ok) return changed;
    attachment = changed.value;
  }
  return attachment.target === '' ? err('network name/id is not specified') : ok(attachment);
}

function withField(from: NetworkAttachment, key: string, value: string): Result<NetworkAttachment, string> {
  switch (key) {
    case 'name':
      return ok({ ...from, target: value });
    case 'alias':
      return ok({ ...from, aliases: [...from.aliases, value] });
    case 'ip':
      return ok({ ...from, ipv4: value });
    case 'ip6':
      return ok({ ...from, ipv6: value });
    case 'mac-address':
      return ok({ ...from, mac: value });
    case 'link-local-ip':
      return ok({ ...from, linkLocal: [...from.linkLocal, value] });
    case 'driver-opt': {
      const [name = '', ...rest] = value.split('=');
      if (name === '' || rest.length === 0) return err('invalid key value pair format in driver options');
      return ok({ ...from, driverOptions: { ...from.driverOptions, [name]: rest.join('=') } });
    }
    case 'gw-priority':
      return /^[+-]?\d+$/.test(value)
        ? ok({ ...from, gatewayPriority: Number(value) })
        : err(`invalid gw-priority (${value}): invalid syntax`);
    default:
      return err(`invalid field key ${key}`);
  }
}
