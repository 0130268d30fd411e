import { html, nothing, type TemplateResult } from 'lit';
import { containerChart } from '../../../lab/view/charts.ts';
import type { ContainerId, ContainerView } from '../../../lab/view/lab-view.ts';
import { chartView } from '../chart/chart-view.ts';
import { networkName } from '../journey/name-book.ts';
import { marked } from '../marked.ts';
import { type DetailContext, enumerated, factList, headline, subjectLink } from './detail-context.ts';

/** A container: its life, what it runs, where it is connected, what it shows to the outside. */
export function containerDetails(id: ContainerId, context: DetailContext): TemplateResult {
  const { view, words } = context;
  const container = view.containers[id];
  if (container === undefined) return html`${headline(words.container, id.slice(0, 12))}<p>${words.gone}</p>`;
  const ended = container.state === 'exited' || container.state === 'dead';
  return html`
    ${headline(words.container, container.name)} ${chartView(containerChart(), container.state, words.lifecycle)}
    ${factList([
      [words.image, html`<span class="mono">${container.image}</span>`],
      [words.command, html`<span class="mono">${container.command}</span>`],
      [words.exitCode, ended ? container.exitCode : null],
      [words.health, container.health],
      ['ID', html`<span class="mono">${id.slice(0, 12)}</span>`],
      [words.hostname, html`<span class="mono">${container.hostname}</span>`],
      [
        words.project,
        container.compose &&
          `${container.compose.project} · ${container.compose.service} · ${container.compose.number}`,
      ],
      [
        words.namespace,
        view.namespaces[id] ? subjectLink(context, { kind: 'namespace', namespace: id }, container.name) : null,
      ],
    ])}
    ${renderMode(container, context)}
    ${container.endpoints.map((endpoint) => {
      const { network, address, mac, aliases, device } = endpoint;
      return html`<section>
        <h3>${subjectLink(context, { kind: 'network', network }, networkName(view, network))}</h3>
        ${factList([
          [words.address, address && html`<span class="mono">${address}</span>`],
          [words.mac, mac && html`<span class="mono">${mac}</span>`],
          [words.aliases, aliases.length > 0 ? html`<span class="mono">${aliases.join(', ')}</span>` : null],
          [words.device, device && subjectLink(context, { kind: 'device', device: `${id}/${device}` }, device)],
        ])}
      </section>`;
    })}
    <section>
      <h3>${words.publishedPorts}</h3>
      ${
        container.ports.length === 0
          ? html`<p class="quiet">${container.endpoints.some(({ address }) => address) ? words.noPorts : words.none}</p>`
          : html`<p>
              ${enumerated(
                container.ports.map(({ protocol, hostAddress, hostPort, containerPort }) =>
                  subjectLink(
                    context,
                    { kind: 'port', container: id, protocol, hostPort },
                    `${hostAddress}:${hostPort} → ${containerPort}/${protocol}`,
                  ),
                ),
              )}
            </p>`
      }
    </section>
    ${
      container.mounts.length === 0
        ? nothing
        : html`<section>
            <h3>${words.mounts}</h3>
            <ul class="plain">
              ${container.mounts.map(
                ({ source, target, readOnly }) =>
                  html`<li class="mono">${target} ← ${source}${readOnly ? ` (${words.readOnly})` : ''}</li>`,
              )}
            </ul>
          </section>`
    }
  `;
}

function renderMode({ networkMode }: ContainerView, { view, words }: DetailContext): unknown {
  if (networkMode === 'host') return html`<p>${words.modeHost}</p>`;
  if (networkMode === 'none') return html`<p>${words.modeNone}</p>`;
  if (!networkMode.startsWith('container:')) return nothing;
  const other = networkMode.slice('container:'.length);
  return html`<p>${marked(words.modeContainer(view.containers[other]?.name ?? other.slice(0, 12)))}</p>`;
}
