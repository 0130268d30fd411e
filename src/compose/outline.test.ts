import { describe, expect, it } from 'vitest';
import { outline } from './outline.ts';

describe('the outline of a compose file', () => {
  it('has its services and networks, each with its line', () => {
    const text = `services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:8080:80"]
    networks: {shop: {ipv4_address: 10.60.0.10}}
  db:
    image: busybox
  probe: {image: busybox, network_mode: "service:web"}
networks:
  shop: {ipam: {config: [{subnet: 10.60.0.0/24}]}}
`;
    expect(outline(text)).toEqual({
      services: [
        {
          name: 'web',
          image: 'nginx:alpine',
          networks: ['shop'],
          networkMode: null,
          ports: [{ hostIp: '127.0.0.1', published: '8080', target: 80, protocol: 'tcp' }],
          line: 2,
        },
        { name: 'db', image: 'busybox', networks: ['default'], networkMode: null, ports: [], line: 6 },
        { name: 'probe', image: 'busybox', networks: [], networkMode: 'service:web', ports: [], line: 8 },
      ],
      networks: [
        { name: 'shop', subnet: '10.60.0.0/24', external: false, line: 10 },
        { name: 'default', external: false, line: null },
      ],
    });
  });

  it('is empty for a file that is no project', () => {
    expect(outline('services: [')).toEqual({ services: [], networks: [] });
  });
});
