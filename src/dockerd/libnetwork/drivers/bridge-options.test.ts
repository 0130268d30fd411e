import { expect, it } from 'vitest';
import { bridgeOptionsFault } from './bridge-options.ts';

const BRIDGE = 'com.docker.network.bridge.';

it.each([
  [{ [`${BRIDGE}enable_icc`]: 'false', [`${BRIDGE}name`]: 'br0', 'com.docker.network.driver.mtu': '1400' }, null],
  [{ [`${BRIDGE}gateway_mode_ipv4`]: 'routed' }, null],
  [
    { [`${BRIDGE}enable_icc`]: 'maybe' },
    `failed to parse ${BRIDGE}enable_icc value: maybe (strconv.ParseBool: parsing "maybe": invalid syntax)`,
  ],
  [
    { 'com.docker.network.driver.mtu': 'big' },
    'failed to parse com.docker.network.driver.mtu value: big (strconv.Atoi: parsing "big": invalid syntax)',
  ],
  [{ [`${BRIDGE}host_binding_ipv4`]: 'x' }, `failed to parse ${BRIDGE}host_binding_ipv4 value: x (nil ip)`],
  [
    { [`${BRIDGE}gateway_mode_ipv4`]: 'odd' },
    `failed to parse ${BRIDGE}gateway_mode_ipv4 value: odd (unknown gateway mode odd)`,
  ],
  [{ [`${BRIDGE}gateway_mode_ipv4`]: 'isolated' }, "gateway mode 'isolated' can only be used for an internal network"],
])('%j', (options, fault) => {
  expect(bridgeOptionsFault(options, false)).toBe(fault);
});
