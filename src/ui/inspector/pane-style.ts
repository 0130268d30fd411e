import { css } from 'lit';

/** What the panes of the inspector and the browser have in common; made of the page's tokens. */
export const paneStyle = css`
  :host {
    --faint: color-mix(in srgb, var(--ink) 5%, transparent);
    --lit: var(--accent-soft);
    display: block;
    color: var(--ink);
    font-size: var(--text-note);
    line-height: 1.5;
    word-break: auto-phrase;
  }

  * {
    box-sizing: border-box;
  }

  code,
  .mono {
    font-family: var(--mono);
    font-size: 0.93em;
    font-variant-ligatures: none;
  }

  code {
    padding: 0 3px;
    border-radius: 4px;
    background: var(--faint);
    overflow-wrap: anywhere;
  }

  h2,
  h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 650;
    text-wrap: balance;
  }

  h2 {
    font-size: 14px;
  }

  p {
    margin: 0;
  }

  button,
  select,
  input {
    min-height: 28px;
    padding: 2px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--raised);
    color: inherit;
    font: inherit;
  }

  button {
    cursor: pointer;
  }

  button:hover {
    border-color: var(--accent);
  }

  button:disabled {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
    opacity: 0.6;
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--lit);
  }

  button.link {
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-align: start;
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, var(--accent) 40%, transparent);
    text-underline-offset: 2px;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }

  .quiet {
    color: var(--quiet);
  }

  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    button:not(.link),
    select,
    input {
      min-height: 36px;
    }
  }
`;
