import { css } from 'lit';

export const packetsStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
    container-type: inline-size;
    background: var(--card);
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 6px 8px;
    border-bottom: 1px solid var(--line);
  }

  .bar label {
    display: contents;
  }

  .bar input {
    flex: 1 1 140px;
    min-width: 100px;
    font-family: var(--mono);
    font-size: 12px;
  }

  .bar input[aria-invalid='true'] {
    border-color: var(--danger);
  }

  .count {
    color: var(--quiet);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }

  details {
    border-bottom: 1px solid var(--line);
    padding: 4px 10px;
    font-size: 12px;
  }

  summary {
    color: var(--quiet);
    cursor: pointer;
  }

  details ul {
    margin: 4px 0;
    padding-inline-start: 16px;
  }

  .problem {
    padding: 6px 10px;
    border-bottom: 1px solid var(--line);
    border-inline-start: 3px solid var(--danger);
    font-size: 12px;
  }

  .grid {
    position: relative;
    flex: 1;
    min-height: 60px;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .grid:focus-visible {
    outline-offset: -2px;
  }

  .empty {
    padding: 16px;
    color: var(--quiet);
    text-wrap: pretty;
  }

  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    height: 24px;
    border-bottom: 1px solid var(--line);
    background: var(--card);
    color: var(--quiet);
    font-size: 11.5px;
  }

  .space {
    position: relative;
  }

  .row {
    position: absolute;
    inset-inline: 0;
    cursor: default;
    font-size: 12.5px;
  }

  .row.pointed {
    background: var(--faint);
  }

  .row[aria-selected='true'] {
    background: var(--lit);
    box-shadow: inset 3px 0 var(--accent);
  }

  .head,
  .row {
    display: grid;
    grid-template-columns: 84px 60px minmax(90px, 1fr) minmax(90px, 1fr) minmax(120px, 2fr) minmax(110px, 1.4fr) 36px;
    grid-template-areas: 'time kind from to what fate command';
    align-items: center;
    gap: 0 8px;
    padding: 0 10px;
  }

  .head > *,
  .row > * {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .time {
    grid-area: time;
    color: var(--quiet);
    font-size: 11.5px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .kind {
    grid-area: kind;
    font-weight: 650;
    font-size: 11px;
  }

  .row .kind::before {
    content: '';
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 5px;
    border: 1px solid color-mix(in srgb, var(--ink) 35%, transparent);
    border-radius: 2px;
    background: var(--kind);
  }

  .row .kind.icmp::before {
    border-radius: 50%;
  }

  .row .kind.arp::before {
    rotate: 45deg;
    border-radius: 0;
  }

  .from {
    grid-area: from;
  }

  .to {
    grid-area: to;
  }

  .what {
    grid-area: what;
  }

  .fate {
    grid-area: fate;
    color: var(--quiet);
  }

  .fate.dropped {
    color: var(--danger);
    font-weight: 600;
  }

  .command {
    grid-area: command;
    color: var(--quiet);
    text-align: end;
  }

  .arrow {
    display: none;
  }

  @container (max-width: 760px) {
    .head {
      display: none;
    }

    .row {
      grid-template-columns: 64px minmax(0, auto) 12px minmax(0, 1fr) auto;
      grid-template-areas: 'kind what what what time' 'command from arrow to fate';
      grid-template-rows: 22px 18px;
      align-content: center;
      gap: 0 6px;
      border-bottom: 1px solid color-mix(in srgb, var(--line) 55%, transparent);
    }

    .command {
      text-align: start;
      font-size: 11px;
    }

    .from,
    .to,
    .fate {
      font-size: 11.5px;
    }

    .fate {
      max-width: 48cqi;
      text-align: end;
    }

    .arrow {
      display: block;
      grid-area: arrow;
      color: var(--quiet);
    }
  }
`;
