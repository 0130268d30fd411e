import { css } from 'lit';

export const subjectStyle = css`
  :host > * + * {
    margin-top: 10px;
  }

  .kind {
    color: var(--quiet);
    font-size: 12px;
  }

  h2 {
    overflow-wrap: anywhere;
  }

  section h3 {
    margin-bottom: 4px;
  }

  .facts {
    margin-block-end: 0;
  }

  .facts > div {
    display: grid;
    grid-template-columns: 34% 1fr;
    gap: 8px;
    padding: 2px 0;
  }

  .facts dt {
    color: var(--quiet);
    overflow-wrap: anywhere;
  }

  .facts dd {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }

  .why {
    padding: 2px 0 2px 12px;
    border-inline-start: 3px solid var(--accent);
  }

  .why > * + * {
    margin-top: 4px;
  }

  .plain {
    margin: 0;
    padding: 0;
    list-style: none;
    overflow-wrap: anywhere;
  }

  .rules {
    margin: 0;
    padding-inline-start: 22px;
  }

  .rules li {
    padding: 3px 6px;
    border-radius: 6px;
  }

  .rules li.selected {
    background: var(--accent-soft);
    box-shadow: inset 3px 0 var(--accent);
  }

  .rules li > .link {
    display: block;
    font-family: var(--mono);
    font-size: 0.93em;
    overflow-wrap: anywhere;
    text-decoration: none;
    color: inherit;
  }

  .rules .link:hover {
    text-decoration: underline;
  }
`;
