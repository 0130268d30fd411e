import { latin1Bytes } from '../../../wire/http/byte-buffer.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** http/modules/ngx_http_stub_status_module.c */
export function stubStatus(x: Exchange): Answer {
  if (x.method !== 'GET' && x.method !== 'HEAD') return { status: 405 };
  const { connections, requests, active } = x.cycle.shared;
  const text = `Active connections: ${active} \nserver accepts handled requests\n ${connections} ${connections} ${requests} \nReading: 0 Writing: 1 Waiting: ${Math.max(0, active - 1)} \n`;
  return { status: 200, contentType: 'text/plain', body: { kind: 'bytes', bytes: latin1Bytes(text) } };
}
