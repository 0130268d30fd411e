import { css } from 'lit';

export const PICTURE_STYLE = css`
  :host {
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    width: 100%;
    height: 100%;
    min-height: 0;
    overflow: hidden;
    background: var(--paper);
    color: var(--ink);
    container-type: size;
  }
  .surface {
    position: relative;
    min-height: 0;
    overflow: hidden;
    touch-action: pan-x pan-y;
  }
  .surface:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  .surface > * {
    position: absolute;
    display: block;
  }
  .strip {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    min-height: 44px;
    padding: 4px 12px;
    border-top: 1px solid var(--line);
  }
  /* Above a phone's terminal there is room for the picture alone. */
  @container (max-height: 200px) {
    .strip {
      display: none;
    }
  }
  bw-step-line {
    flex: 1 1 240px;
    min-width: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  button {
    min-width: 28px;
    height: 28px;
    padding: 0 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--raised);
    color: var(--ink);
    font: 12px / 1 var(--sans);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  @media (pointer: coarse) {
    button {
      min-width: 40px;
      height: 40px;
    }
  }
  bw-picture-words {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  bw-picture-words.shown,
  bw-picture-words:focus-within {
    inset: 8px 8px 52px auto;
    width: min(480px, calc(100% - 16px));
    height: auto;
    padding: 4px 16px 12px;
    overflow: auto;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
    clip-path: none;
  }
`;
