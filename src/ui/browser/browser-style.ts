import { css } from 'lit';

export const browserStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
    background: var(--card);
  }

  form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
    padding: 6px 8px;
    border-bottom: 1px solid var(--line);
  }

  form .icon {
    min-width: 30px;
    padding: 0 6px;
  }

  form .address {
    flex: 1 1 180px;
    min-width: 0;
    font-family: var(--mono);
    font-size: 12.5px;
  }

  form select {
    max-width: 100%;
  }

  .go {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    padding: 4px 10px;
    border-bottom: 1px solid var(--line);
    font-size: 12px;
  }

  .code {
    font-weight: 650;
  }

  .code.good {
    color: var(--ok);
  }

  .code.bad {
    color: var(--danger);
  }

  .views {
    display: flex;
    gap: 2px;
    margin-inline-start: auto;
  }

  .views button {
    min-height: 24px;
    padding: 0 8px;
    border-color: transparent;
    background: none;
    color: var(--quiet);
  }

  .views button[aria-pressed='true'] {
    border-color: var(--line);
    background: var(--raised);
    color: var(--ink);
    font-weight: 600;
  }

  .hint {
    padding: 6px 10px;
    border-bottom: 1px solid var(--line);
    border-inline-start: 3px solid var(--accent);
    font-size: 12.5px;
  }

  .hint.problem {
    border-inline-start-color: var(--danger);
  }

  .view {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    overflow: auto;
  }

  iframe {
    flex: 1;
    width: 100%;
    min-height: 80px;
    border: 0;
    background: #fff;
  }

  .links {
    max-height: 30%;
    padding: 6px 10px;
    overflow: auto;
    border-top: 1px solid var(--line);
    font-size: 12px;
  }

  .links ul,
  .start ul,
  .failure ul {
    margin: 4px 0;
    padding-inline-start: 18px;
  }

  pre {
    flex: 1;
    margin: 0;
    padding: 10px;
    font: 12px/1.5 var(--mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .head {
    margin: 0;
    padding: 8px 10px;
    font-size: 12px;
  }

  .head div {
    display: grid;
    grid-template-columns: minmax(90px, 32%) 1fr;
    gap: 8px;
    padding: 2px 0;
  }

  .head dt {
    color: var(--quiet);
  }

  .head dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .start,
  .failure,
  .loading {
    padding: 16px;
  }

  .start > * + *,
  .failure > * + *,
  .loading > * + * {
    margin-top: 8px;
  }

  .failure h2 {
    font-size: 16px;
    overflow-wrap: anywhere;
  }

  .failure .mark {
    color: var(--danger);
  }

  .meter {
    height: 3px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--line);
  }

  .meter::before {
    content: '';
    display: block;
    width: 30%;
    height: 100%;
    background: var(--accent);
    animation: slide 1.2s ease-in-out infinite alternate;
  }

  @keyframes slide {
    to {
      translate: 233% 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .meter::before {
      width: 100%;
      animation: none;
    }
  }
`;
