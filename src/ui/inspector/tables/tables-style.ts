import { css } from 'lit';

export const tablesStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
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
    display: flex;
    flex: 1;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }

  .bar select {
    flex: 1;
    min-width: 0;
  }

  .tables {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 4px 8px 24px;
  }

  details {
    border-bottom: 1px solid var(--line);
  }

  summary {
    display: flex;
    gap: 8px;
    padding: 6px 2px;
    font-weight: 650;
    cursor: pointer;
  }

  summary::marker {
    content: '';
  }

  summary::before {
    content: '▸';
    color: var(--quiet);
    font-size: 10px;
    line-height: 20px;
  }

  details[open] > summary::before {
    content: '▾';
  }

  summary .quiet {
    font-weight: 400;
  }

  .meaning {
    padding-bottom: 4px;
    color: var(--quiet);
    font-size: 12px;
  }

  .scroll {
    margin-bottom: 8px;
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 12px;
  }

  th,
  td {
    padding: 2px 8px 2px 4px;
    text-align: start;
    vertical-align: top;
  }

  th {
    color: var(--quiet);
    font-weight: 400;
    font-size: 11.5px;
  }

  th[scope='rowgroup'] {
    padding-top: 8px;
    color: var(--ink);
    font-weight: 650;
  }

  td {
    font-family: var(--mono);
    font-size: 11.5px;
    overflow-wrap: anywhere;
  }

  tr.pointed > td {
    background: var(--faint);
  }

  tr.selected > td,
  tr.lit > td {
    background: var(--accent-soft);
  }

  tr.lit > td:first-child {
    box-shadow: inset 3px 0 var(--accent);
  }

  td .link {
    font-family: inherit;
    font-size: inherit;
    overflow-wrap: anywhere;
    text-decoration: none;
    color: inherit;
  }

  td .link:hover,
  th .link:hover {
    text-decoration: underline;
  }

  th .link {
    color: inherit;
    font-weight: inherit;
    text-decoration: none;
  }
`;
