import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { Chart } from '../../../lab/view/charts.ts';
import { marked } from '../marked.ts';
import { code } from '../marks.ts';
import { type Arrow, layoutChart, type PlacedState } from './layout-chart.ts';

const WIDTH = 280;
const ROW = 54;
const BOX = 24;

/** What a chart is called, and what its states and events mean, in the reader's language. */
export interface ChartWords {
  readonly title: string;
  readonly now: string;
  readonly fromHere: string;
  readonly nothingFromHere: string;
  /** By state; those without a word are shown by their name alone. */
  readonly states: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
}

/** A state machine as a drawing with the current state, and in words what it is and what it can become. */
export function chartView(chart: Chart, current: string, words: ChartWords): TemplateResult {
  const { states, arrows, height } = layoutChart(chart, { width: WIDTH, row: ROW });
  const leaving = arrows.filter(({ from }) => from.name === current);
  const meaning = words.states[current];
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${words.title}: ${current}">
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto-start-reverse">
          <path d="M0 0 L8 4 L0 8 z" class="tip"></path>
        </marker>
        <marker id="tip-now" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto-start-reverse">
          <path d="M0 0 L8 4 L0 8 z" class="tip now"></path>
        </marker>
      </defs>
      ${arrows.filter((arrow) => !leaving.includes(arrow)).map((arrow) => drawArrow(arrow, false))}
      ${leaving.map((arrow) => drawArrow(arrow, true))} ${states.map((state) => drawState(state, state.name === current))}
    </svg>
    <figcaption>
      <p>${words.now}: <strong>${current}</strong>${meaning === undefined ? nothing : html` – ${meaning}`}</p>
      ${
        leaving.length === 0
          ? html`<p class="quiet">${words.nothingFromHere}</p>`
          : html`<p class="quiet">${words.fromHere}</p>
              <ul>
                ${leaving.map(
                  ({ to, events }) => html`<li>
                    ${events.map((event, i) => html`${i > 0 ? ', ' : ''}${marked(words.events[event] ?? code(event))}`)} →
                    <strong>${to.name}</strong>
                  </li>`,
                )}
              </ul>`
      }
    </figcaption>
  </figure>`;
}

const widthOf = (name: string): number => Math.max(44, name.length * 6.3 + 10);

function drawState({ name, x, y }: PlacedState, now: boolean): TemplateResult {
  const width = widthOf(name);
  return svg`<g class="state ${now ? 'now' : ''}">
    <rect x=${x - width / 2} y=${y - BOX / 2} width=${width} height=${BOX} rx="7"></rect>
    <text x=${x} y=${y + 3.5} text-anchor="middle">${name}</text>
  </g>` as unknown as TemplateResult;
}

/** From edge to edge, bent to one side so that the way back has room beside it. */
function drawArrow({ from, to }: Arrow, now: boolean): TemplateResult {
  const start = edgeTowards(from, to);
  const end = edgeTowards(to, from);
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(18, length / 4);
  const middle = { x: (start.x + end.x) / 2 - (dy / length) * bend, y: (start.y + end.y) / 2 + (dx / length) * bend };
  return svg`<path
    class="arrow ${now ? 'now' : ''}"
    d="M${start.x} ${start.y} Q${middle.x} ${middle.y} ${end.x} ${end.y}"
    marker-end="url(#${now ? 'tip-now' : 'tip'})"
  ></path>` as unknown as TemplateResult;
}

/** Where the line from a box to another one leaves it. */
function edgeTowards(box: PlacedState, other: PlacedState): { readonly x: number; readonly y: number } {
  const [dx, dy] = [other.x - box.x, other.y - box.y];
  const [halfWidth, halfHeight] = [widthOf(box.name) / 2 + 2, BOX / 2 + 2];
  const scale = Math.min(halfWidth / Math.abs(dx || 0.001), halfHeight / Math.abs(dy || 0.001));
  return { x: box.x + dx * scale, y: box.y + dy * scale };
}

export const chartStyle = css`
  .chart {
    margin: 0;
  }

  .chart svg {
    display: block;
    width: 100%;
    max-width: 340px;
    height: auto;
    margin-inline: auto;
  }

  .chart .state rect {
    fill: var(--paper);
    stroke: var(--line-strong);
  }

  .chart .state text {
    fill: var(--ink);
    font: 10.5px var(--mono);
  }

  .chart .state.now rect {
    fill: var(--accent);
    stroke: var(--accent);
    stroke-width: 2;
  }

  .chart .state.now text {
    fill: var(--on-accent);
    font-weight: 700;
  }

  .chart .arrow {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1;
    opacity: 0.55;
  }

  .chart .arrow.now {
    stroke: var(--accent);
    stroke-width: 1.8;
    opacity: 1;
  }

  .chart .tip {
    fill: var(--line-strong);
  }

  .chart .tip.now {
    fill: var(--accent);
  }

  .chart ul {
    margin: 2px 0 0;
    padding-inline-start: 18px;
  }
`;
