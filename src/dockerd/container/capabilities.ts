import { ALL_CAPABILITIES, type Capabilities } from '../../kernel/process/capabilities.ts';
import type { HostConfig } from './spec.ts';

/** What a container's root may do without being given more (oci/caps/defaults.go). */
const DEFAULT: Capabilities = new Set(
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'.split(
    ' ',
  ),
);

/** After `--cap-add`, `--cap-drop` and `--privileged` (oci/caps/utils.go, TweakCapabilities). */
export function capabilitiesOf({ Privileged, CapAdd, CapDrop }: HostConfig): Capabilities {
  if (Privileged) return ALL_CAPABILITIES;
  const names = (list: unknown) =>
    (Array.isArray(list) ? list : []).map((name) => String(name).toUpperCase().replace(/^CAP_/, ''));
  const [added, dropped] = [names(CapAdd), names(CapDrop)];
  if (added.includes('ALL')) return without(ALL_CAPABILITIES, dropped);
  const kept = dropped.includes('ALL') ? [] : without(DEFAULT, dropped);
  return new Set([...kept, ...added]);
}

const without = (all: Capabilities, dropped: readonly string[]): Capabilities =>
  new Set([...all].filter((name) => !dropped.includes(name)));
