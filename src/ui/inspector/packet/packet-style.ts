import { css } from 'lit';

export const packetStyle = css`
  :host > * + *,
  section {
    margin-top: 12px;
  }

  header > * + * {
    margin-top: 2px;
  }

  section > h3 {
    margin-bottom: 6px;
  }

  .headline {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
  }

  .kind-tag {
    padding: 0 6px;
    border-radius: var(--radius-small);
    background: var(--kind);
    color: var(--on-kind);
    font-weight: 650;
    font-size: 12px;
  }

  .ends {
    overflow-wrap: anywhere;
  }

  .fate {
    font-weight: 600;
  }

  .fate.dropped {
    color: var(--danger);
  }

  .fate.delivered {
    color: var(--ok);
  }

  .stepper {
    display: flex;
    align-items: center;
    gap: 4px;
  }

  .stepper .where {
    flex: 1;
    color: var(--quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }

  .stepper button {
    min-width: 28px;
    padding: 0 6px;
  }

  .why {
    padding: 2px 0 2px 12px;
    border-inline-start: 3px solid var(--accent);
  }

  .why.alarm {
    border-color: var(--danger);
  }

  .why > * + * {
    margin-top: 4px;
  }

  .why dt {
    margin-top: 6px;
    color: var(--quiet);
    font-size: 12px;
  }

  .why dd {
    margin: 0;
  }

  .layer {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
  }

  .layer + .layer {
    margin-top: 6px;
  }

  .layer summary {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 4px 10px;
    background: var(--paper);
    cursor: pointer;
    list-style: none;
  }

  .layer summary::-webkit-details-marker {
    display: none;
  }

  .layer summary::before {
    content: '▸';
    color: var(--quiet);
    font-size: 10px;
  }

  .layer[open] summary::before {
    content: '▾';
  }

  .layer-name {
    font-weight: 650;
  }

  .layer-name::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--packet-other);
  }

  .layer-name.arp::before {
    background: var(--packet-arp);
  }

  .layer-name.icmp::before {
    background: var(--packet-icmp);
  }

  .layer-name.dns::before {
    background: var(--packet-dns);
  }

  .layer-name.tcp::before {
    background: var(--packet-tcp);
  }

  .layer-name.http::before {
    background: var(--packet-http);
  }

  .gist {
    flex: 1;
    overflow: hidden;
    color: var(--quiet);
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .layer[open] .gist {
    visibility: hidden;
  }

  .fields {
    padding: 2px 0;
  }

  .field {
    padding: 0 10px;
  }

  .field.lit {
    background: var(--accent-soft);
  }

  .field-button {
    display: grid;
    grid-template-columns: 38% 1fr;
    gap: 8px;
    width: 100%;
    min-height: 24px;
    padding: 2px 0;
    border: 0;
    background: none;
    text-align: start;
  }

  .field-button .name {
    min-width: 0;
    font-size: 12.5px;
    overflow-wrap: anywhere;
    color: var(--quiet);
  }

  .value {
    max-height: 12em;
    overflow: auto;
    font-weight: 600;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  del {
    color: var(--quiet);
    font-weight: 400;
  }

  ins {
    color: var(--packet-http-text);
    text-decoration: none;
  }

  .reason {
    margin-inline-start: calc(38% + 8px);
    font-size: 12px;
  }

  .more {
    margin: 2px 10px 4px;
    font-size: 12px;
    text-decoration: none;
  }

  .meaning {
    padding: 2px 0 6px;
    font-size: 12.5px;
  }

  .hex {
    padding: 6px 0;
    font-size: 11px;
    line-height: 1.6;
    cursor: default;
  }

  .hex-row {
    display: flex;
    gap: 10px;
    white-space: pre;
  }

  .hex .at {
    color: var(--quiet);
  }

  .octets span {
    padding: 1px 2.5px;
  }

  .letters {
    color: var(--quiet);
  }

  .hex .lit {
    background: var(--accent);
    color: var(--on-accent);
  }

  .hops {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .room {
    margin-top: 8px;
    color: var(--quiet);
    font-size: 12px;
    font-weight: 650;
  }

  .hop {
    position: relative;
    padding: 4px 8px 4px 22px;
    border-radius: 6px;
    cursor: pointer;
  }

  .hop::before {
    content: attr(data-mark);
    position: absolute;
    inset-inline-start: 4px;
    color: var(--quiet);
    font-size: 11px;
    line-height: 20px;
  }

  .hop.drop::before {
    color: var(--danger);
    font-weight: 700;
  }

  .hop.deliver::before {
    color: var(--ok);
    font-weight: 700;
  }

  .hop.pointed {
    background: var(--faint);
  }

  .hop[aria-selected='true'] {
    background: var(--accent-soft);
    box-shadow: inset 3px 0 var(--accent);
  }

  .hop .place {
    display: block;
    color: var(--quiet);
    font-size: 12px;
  }

  .hops:focus-visible {
    outline-offset: 2px;
  }
`;
