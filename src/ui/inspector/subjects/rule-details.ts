import { html, nothing, type TemplateResult } from 'lit';
import type { ContainerId, LabView, NamespaceId, RuleView } from '../../../lab/view/lab-view.ts';
import { conntrackChart } from '../../../lab/view/charts.ts';
import type { Subject } from '../../session/subject.ts';
import { chartView } from '../chart/chart-view.ts';
import { marked } from '../marked.ts';
import { portBehindRule } from '../packet/port-behind-rule.ts';
import { INSPECTOR_WORDS } from '../words.ts';
import { endText, sideText } from './side-text.ts';
import { type DetailContext, factList, headline, subjectLink } from './detail-context.ts';

/** A chain of iptables: when it is met, what it holds, one rule of it lit. */
export function chainDetails(subject: Extract<Subject, { kind: 'chain' }>, context: DetailContext): TemplateResult {
  const { view, words, language } = context;
  const { namespace, table, chain: name, rule: selected } = subject;
  const chain = view.namespaces[namespace]?.chains.find((each) => each.table === table && each.name === name);
  const title = words.chain(table, name);
  if (chain === undefined)
    return html`${headline('iptables', title)}<p>${words.gone}</p>
      ${name in words.chainMeaning ? html`<p>${marked(words.chainMeaning[name] ?? '')}</p>` : nothing}`;
  const picked = selected === undefined ? undefined : chain.rules[selected - 1];
  const published =
    picked && portBehindRule({ kind: 'rule', table, chain: name, number: selected ?? 0, text: picked.text }, view);
  return html`
    ${headline('iptables', title)}
    <p>${marked(words.chainMeaning[name] ?? words.userChain)}</p>
    <p class="quiet">${marked(words.tableMeaning[table] ?? '')}</p>
    ${factList([
      [
        words.namespace,
        subjectLink(context, { kind: 'namespace', namespace }, view.namespaces[namespace]?.name ?? namespace),
      ],
      [
        words.policy,
        chain.policy === null
          ? words.noPolicy
          : html`<code>${chain.policy}</code> ${words.policyMeaning(chain.policy)}`,
      ],
    ])}
    ${
      published
        ? html`<p class="why">${marked(INSPECTOR_WORDS[language].publishes(published.container.name, published.port.hostPort, published.port.containerPort))}</p>`
        : nothing
    }
    <section>
      <h3>${words.rules}</h3>
      ${chain.rules.length === 0 ? html`<p class="quiet">${words.noRules}</p>` : nothing}
      <ol class="rules">
        ${chain.rules.map((rule, i) => ruleRow(rule, { ...subject, rule: i + 1 }, selected === i + 1, context))}
      </ol>
    </section>
  `;
}

function ruleRow(rule: RuleView, subject: Subject, selected: boolean, context: DetailContext): TemplateResult {
  const jump = jumpOf(rule.text);
  const { view, words } = context;
  const target =
    subject.kind === 'chain'
      ? view.namespaces[subject.namespace]?.chains.find(({ table, name }) => table === subject.table && name === jump)
      : undefined;
  return html`<li class=${selected ? 'selected' : ''} aria-current=${selected ? 'true' : nothing}>
    ${subjectLink(context, subject, rule.text)}
    <div class="quiet">
      ${words.hits(rule.packets, rule.bytes)}
      ${
        target && subject.kind === 'chain'
          ? html`· ${subjectLink(context, { kind: 'chain', namespace: subject.namespace, table: target.table, chain: target.name }, `→ ${target.name}`)}`
          : nothing
      }
    </div>
  </li>`;
}

/** The chain or target that a rule leads to. */
export const jumpOf = (rule: string): string | null => /(?:^| )-[jg] (\S+)/.exec(rule)?.[1] ?? null;

/** An entry of conntrack: both directions, and what NAT makes of them. */
export function conntrackDetails(namespace: NamespaceId, key: string, context: DetailContext): TemplateResult {
  const { view, words } = context;
  const entry = view.namespaces[namespace]?.conntrack.find((each) => each.key === key);
  if (entry === undefined) return html`${headline(words.conntrack, key)}<p>${words.gone}</p>`;
  const { original, reply } = entry;
  const destination = [
    endText(original.destination, original.destinationPort),
    endText(reply.source, reply.sourcePort),
  ] as const;
  const source = [
    endText(original.source, original.sourcePort),
    endText(reply.destination, reply.destinationPort),
  ] as const;
  return html`
    ${headline(words.conntrack, `${entry.protocol} ${source[0]}`)}
    ${factList([
      [
        words.original,
        html`<span class="mono">${sideText(original)}</span><br /><span class="quiet">${words.originalMeaning}</span>`,
      ],
      [
        words.reply,
        html`<span class="mono">${sideText(reply)}</span><br /><span class="quiet">${words.replyMeaning}</span>`,
      ],
      [
        words.namespace,
        subjectLink(context, { kind: 'namespace', namespace }, view.namespaces[namespace]?.name ?? namespace),
      ],
    ])}
    <div class="why">
      ${destination[0] === destination[1] ? nothing : html`<p>${marked(words.destinationChanged(...destination))}</p>`}
      ${source[0] === source[1] ? nothing : html`<p>${marked(words.sourceChanged(...source))}</p>`}
      ${destination[0] === destination[1] && source[0] === source[1] ? html`<p>${words.unchanged}</p>` : nothing}
      ${entry.unreplied ? html`<p>${words.unreplied}</p>` : entry.assured ? html`<p>${words.assured}</p>` : nothing}
    </div>
    ${entry.state === null ? nothing : chartView(conntrackChart(), entry.state, words.tracking)}
  `;
}

/** A published port: the two ways through the host's wall. */
export function portDetails(
  {
    container: id,
    protocol,
    hostPort,
  }: { readonly container: ContainerId; readonly protocol: string; readonly hostPort: number },
  context: DetailContext,
): TemplateResult {
  const { view, words } = context;
  const container = view.containers[id];
  const port = container?.ports.find((each) => each.hostPort === hostPort && each.protocol === protocol);
  if (container === undefined || port === undefined)
    return html`${headline(words.publishedPort(hostPort), protocol)}<p>${words.gone}</p>`;
  const rule = ruleOfPort(id, hostPort, view);
  return html`
    ${headline(words.publishedPort(hostPort), `${hostPort} → ${port.containerPort}/${protocol}`)}
    <p>${marked(words.opens(port.hostAddress, hostPort, container.name, port.containerPort))}</p>
    ${port.hostAddress === '0.0.0.0' ? html`<p>${words.everyAddress}</p>` : nothing}
    ${port.hostAddress.startsWith('127.') ? html`<p>${words.onlyLocal}</p>` : nothing}
    ${factList([[words.container, subjectLink(context, { kind: 'container', container: id }, container.name)]])}
    <div class="why">
      ${
        rule === null
          ? html`<p>${words.fromOutsideNoRule}</p>`
          : html`<p>${words.fromOutside}</p>
              <p>${subjectLink(context, rule.subject, rule.text)}</p>`
      }
    </div>
    <div class="why">
      <p>${words.fromHost}</p>
      <p>${port.proxyPid === null ? words.noProxy : html`<code>${words.proxy(port.proxyPid)}</code>`}</p>
    </div>
  `;
}

/** The DNAT rule that opens a published port, where it stands. */
function ruleOfPort(
  id: ContainerId,
  hostPort: number,
  view: LabView,
): { readonly subject: Subject; readonly text: string } | null {
  for (const { id: namespace, chains } of Object.values(view.namespaces))
    for (const { table, name, rules } of chains)
      for (const [i, { text }] of rules.entries()) {
        const published = portBehindRule({ kind: 'rule', table, chain: name, number: i + 1, text }, view);
        if (published?.container.id === id && published.port.hostPort === hostPort)
          return { subject: { kind: 'chain', namespace, table, chain: name, rule: i + 1 }, text };
      }
  return null;
}
