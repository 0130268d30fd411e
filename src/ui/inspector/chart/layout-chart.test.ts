import { describe, expect, it } from 'vitest';
import { conntrackChart, containerChart } from '../../../lab/view/charts.ts';
import { layoutChart } from './layout-chart.ts';

describe('the layout of a chart', () => {
  it.each([containerChart(), conntrackChart()])(
    '$id: gives every state a place of its own inside the drawing',
    (chart) => {
      const { states, height } = layoutChart(chart, { width: 280, row: 52 });
      expect(states.map(({ name }) => name).sort()).toEqual(chart.states.map(({ name }) => name).sort());
      expect(new Set(states.map(({ x, y }) => `${x} ${y}`)).size).toBe(states.length);
      expect(states.every(({ x, y }) => x > 30 && x < 250 && y > 0 && y < height)).toBe(true);
    },
  );

  it('joins events that lead the same way, and leaves out those that change nothing', () => {
    const { arrows } = layoutChart(containerChart(), { width: 280, row: 52 });
    const named = arrows.map(({ from, to, events }) => `${from.name} ${events.join('+')} ${to.name}`);
    expect(named).toContain('restarting exit+fail exited');
    expect(named.some((arrow) => arrow.startsWith('created fail'))).toBe(false);
  });

  it('begins with the initial state', () => {
    const [first] = layoutChart(containerChart(), { width: 280, row: 52 }).states;
    expect(first?.name).toBe('created');
  });
});
