import { expect, it } from 'vitest';
import { ANY_ADDRESS, ipv4 } from '../../wire/address.ts';
import { ANY_ADDRESS6, LOOPBACK_ADDRESS6 } from '../../wire/ipv6-address.ts';
import { PortAllocator } from './port-allocator.ts';

const LOCAL = ipv4('127.0.0.1');
const LAN = ipv4('192.168.0.10');
const exact = (port: number) => ({ first: port, last: port });
const ok = (value: number) => ({ ok: true, value });
const taken = (where: string) => ({ ok: false, error: `Bind for ${where} failed: port is already allocated` });

it('gives a port once for each address, names whoever has it, and takes it back', () => {
  const ports = new PortAllocator();
  expect(ports.request('tcp', [LOCAL], exact(80))).toEqual(ok(80));
  expect(ports.request('tcp', [LAN], exact(80))).toEqual(ok(80));
  expect(ports.request('udp', [LOCAL], exact(80))).toEqual(ok(80));
  expect(ports.request('tcp', [ANY_ADDRESS, ANY_ADDRESS6], exact(80))).toEqual(taken('127.0.0.1:80'));
  ports.release('tcp', LOCAL, 80);
  ports.release('tcp', LAN, 80);
  expect(ports.request('tcp', [ANY_ADDRESS, ANY_ADDRESS6], exact(80))).toEqual(ok(80));
  expect(ports.request('tcp', [LOCAL], exact(80))).toEqual(taken('0.0.0.0:80'));
  expect(ports.request('tcp', [LOOPBACK_ADDRESS6], exact(80))).toEqual(taken(':::80'));
});

it('keeps the IP versions apart', () => {
  const ports = new PortAllocator();
  expect(ports.request('tcp', [ANY_ADDRESS6], exact(80))).toEqual(ok(80));
  expect(ports.request('tcp', [ANY_ADDRESS], exact(80))).toEqual(ok(80));
});

it('goes through a range in a circle, and says when it is used up', () => {
  const ports = new PortAllocator();
  const range = { first: 8000, last: 8002 };
  const next = () => ports.request('tcp', [ANY_ADDRESS], range);
  expect([next(), next()]).toEqual([ok(8000), ok(8001)]);
  ports.release('tcp', ANY_ADDRESS, 8000);
  expect([next(), next(), next()]).toEqual([ok(8002), ok(8000), { ok: false, error: 'all ports are allocated' }]);
});
