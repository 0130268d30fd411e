import { describe, expect, it } from 'vitest';
import { containerChart, conntrackChart } from './charts.ts';

const leads = (chart: ReturnType<typeof conntrackChart>, from: string) =>
  Object.fromEntries(
    chart.states.find(({ name }) => name === from)?.transitions.map(({ event, to }) => [event, to]) ?? [],
  );

describe('charts', () => {
  it('tell the life of a container', () => {
    const chart = containerChart();
    expect(chart.initial).toBe('created');
    expect(leads(chart, 'running')).toEqual({
      pause: 'paused',
      exit: 'exited',
      restart: 'restarting',
      remove: 'removing',
    });
  });

  it('tell how conntrack follows a TCP connection', () => {
    const chart = conntrackChart();
    expect(leads(chart, 'NONE')).toMatchObject({ SYN: 'SYN_SENT' });
    expect(leads(chart, 'SYN_SENT')).toEqual({ 'SYN·ACK ←': 'SYN_RECV', RST: 'CLOSE' });
    expect(leads(chart, 'SYN_RECV')).toMatchObject({ ACK: 'ESTABLISHED', FIN: 'FIN_WAIT' });
    expect(leads(chart, 'ESTABLISHED')).toEqual({ FIN: 'FIN_WAIT', RST: 'CLOSE' });
  });
});
