import { describe, expect, it } from 'vitest';
import { type ColumnName, renderColumns } from './columns.ts';

const NAMES: readonly ColumnName[] = ['state', 'receive', 'send', 'local', 'localPort', 'peer', 'peerPort'];
const ROW = {
  state: 'LISTEN',
  receive: '0',
  send: '4096',
  local: '0.0.0.0:',
  localPort: '8080',
  peer: '0.0.0.0:',
  peerPort: '*',
};

describe('the columns of ss', () => {
  it('are as wide as their content where there is no terminal', () => {
    const [head, line] = renderColumns(NAMES, [ROW], { width: null, header: true }).split('\n');
    expect(head).toBe('State  Recv-Q Send-Q Local Address:Port Peer Address:Port');
    expect(line).toBe('LISTEN 0      4096         0.0.0.0:8080      0.0.0.0:*   ');
  });

  it('share out the width of a terminal, the last ones taking what is left over', () => {
    const [head = ''] = renderColumns(NAMES, [ROW], { width: 160, header: true }).split('\n');
    expect(head).toHaveLength(160);
    expect(['Recv-Q', 'Send-Q', 'Local', 'Peer'].map((word) => head.indexOf(word))).toEqual([21, 42, 79, 128]);
  });
});
