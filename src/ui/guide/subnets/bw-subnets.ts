import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../../element/watched-element.ts';
import type { LabSession } from '../../session/lab-session.ts';
import { bitsOf, formatAddress, maskOf, parseSubnet, relationOf, type Subnet } from './subnet.ts';
import './subnets.css';
import { WORDS } from './words.ts';

/** What the engine says of a subnet that overlaps with one in use. */
const REFUSAL = 'invalid pool request: Pool overlaps with other one on this address space';

/** The card's toy: a subnet worked out, two compared, and a table of all masks. */
export class BwSubnets extends WatchedElement {
  static override properties = {
    session: { attribute: false },
    text: { state: true },
    first: { state: true },
    second: { state: true },
  };
  declare session: LabSession;
  declare text: string;
  declare first: string;
  declare second: string;

  constructor() {
    super();
    this.text = '172.17.0.0/16';
    this.first = '172.30.0.0/16';
    this.second = '172.30.128.0/17';
  }

  protected override watched() {
    return [this.session.language];
  }

  private get words() {
    return WORDS[this.session.language.value];
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const parsed = parseSubnet(this.text);
    return html`<section class="subnets" aria-label=${words.calculator}>
      <h3>${words.calculator}</h3>
      ${this.renderInput('text', words.input)}
      <div aria-live="polite">
        ${parsed.ok ? this.renderSubnet(parsed.value) : html`<p class="problem">${words.problem[parsed.error]}</p>`}
      </div>
      <h3>${words.compare}</h3>
      ${this.renderInput('first', words.first)} ${this.renderInput('second', words.second)}
      <div aria-live="polite">${this.renderComparison()}</div>
      <details>
        <summary>${words.allMasks}</summary>
        ${this.renderMasks(parsed.ok ? parsed.value.prefix : null)}
      </details>
    </section>`;
  }

  private renderInput(name: 'text' | 'first' | 'second', label: string): TemplateResult {
    return html`<label class="subnet-input">
      <span>${label}</span>
      <input
        type="text"
        inputmode="url"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${this[name]}
        aria-invalid=${parseSubnet(this[name]).ok ? 'false' : 'true'}
        @input=${(event: Event) => (this[name] = (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  private renderSubnet(subnet: Subnet): TemplateResult {
    const { words } = this;
    const address = (value: number | null) =>
      value === null ? html`<span class="quiet">${words.none}</span>` : html`<code>${formatAddress(value)}</code>`;
    const count = new Intl.NumberFormat(this.session.language.value);
    return html`
      <div class="bits">
        ${this.renderBits(subnet.address, subnet.prefix)} ${this.renderBits(subnet.mask, subnet.prefix)}
        <p class="bits-key">
          <span class="network-key">${words.networkPart}: ${subnet.prefix}</span>
          <span class="host-key">${words.hostPart}: ${32 - subnet.prefix}</span>
        </p>
      </div>
      <dl class="subnet-facts">
        <dt>${words.mask}</dt>
        <dd>${address(subnet.mask)}</dd>
        <dt>${words.network}</dt>
        <dd>${address(subnet.network)}</dd>
        <dt>${words.gateway}</dt>
        <dd>${address(subnet.gateway)}</dd>
        <dt>${words.containers}</dt>
        <dd>
          ${
            subnet.usable
              ? html`${address(subnet.usable.first)} ${words.to} ${address(subnet.usable.last)}`
              : address(null)
          }
        </dd>
        <dt>${words.broadcast}</dt>
        <dd>${address(subnet.broadcast)}</dd>
        <dt>${words.count}</dt>
        <dd>${words.countOf(count.format(subnet.hosts), count.format(subnet.size))}</dd>
      </dl>
    `;
  }

  private renderBits(value: number, prefix: number): TemplateResult {
    const bits = bitsOf(value).join('');
    return html`<div class="bit-row" role="img" aria-label=${`${this.words.binary}: ${bitsOf(value).join('.')}`}>
      ${[...bits].map(
        (bit, i) =>
          html`<span class=${i < prefix ? 'of-network' : 'of-host'} ?data-octet=${i % 8 === 0 && i > 0}>${bit}</span>`,
      )}
    </div>`;
  }

  private renderComparison(): TemplateResult | typeof nothing {
    const { words } = this;
    const [first, second] = [parseSubnet(this.first), parseSubnet(this.second)];
    if (!first.ok) return html`<p class="problem">${words.first}: ${words.problem[first.error]}</p>`;
    if (!second.ok) return html`<p class="problem">${words.second}: ${words.problem[second.error]}</p>`;
    const relation = relationOf(first.value, second.value);
    const range = ({ network, last }: Subnet) =>
      html`<code>${formatAddress(network)}</code> ${words.to} <code>${formatAddress(last)}</code>`;
    return html`<p class="quiet">${words.first}: ${range(first.value)}<br />${words.second}: ${range(second.value)}</p>
      <p><strong>${words.relation[relation]}</strong> ${relation === 'apart' ? words.accepts : words.refuses}</p>
      ${relation === 'apart' ? nothing : html`<p><code>${REFUSAL}</code></p>`}`;
  }

  private renderMasks(current: number | null): TemplateResult {
    const { words } = this;
    const count = new Intl.NumberFormat(this.session.language.value);
    return html`<table class="masks">
      <thead>
        <tr>
          <th scope="col">${words.prefix}</th>
          <th scope="col">${words.mask}</th>
          <th scope="col">${words.addresses}</th>
        </tr>
      </thead>
      <tbody>
        ${Array.from({ length: 33 }, (_, prefix) => prefix).map(
          (prefix) => html`<tr aria-current=${prefix === current ? 'true' : nothing}>
            <th scope="row">/${prefix}</th>
            <td><code>${formatAddress(maskOf(prefix))}</code></td>
            <td class="number">${count.format(2 ** (32 - prefix))}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define('bw-subnets', BwSubnets);
