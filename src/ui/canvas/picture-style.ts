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
    grid-area: 1 / 1;
    position: relative;
    min-height: 0;
    overflow: hidden;
    touch-action: pan-x pan-y;
  }
  .surface:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  .surface > *,
  .planes > * {
    position: absolute;
    display: block;
  }
  .strip {
    grid-area: 2 / 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 32px;
    padding: 4px 12px;
    border-top: 1px solid var(--line);
  }
  bw-step-line {
    flex: 1 1 240px;
    min-width: 0;
  }
  /* Over the picture, in the host's title: it takes no height away. */
  .tools {
    grid-area: 1 / 1;
    place-self: start end;
    z-index: 1;
    display: flex;
    margin: 10px 18px;
    gap: 4px;
  }
  .joined {
    display: flex;
  }
  .joined > button:not(:first-child) {
    border-left-width: 0;
    border-top-left-radius: 0;
    border-bottom-left-radius: 0;
  }
  .joined > button:not(:last-child) {
    border-top-right-radius: 0;
    border-bottom-right-radius: 0;
  }
  button,
  summary {
    box-sizing: border-box;
    display: inline-grid;
    place-items: center;
    min-width: 28px;
    height: 26px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--card);
    color: var(--quiet);
    font: 12px / 1 var(--sans);
    list-style: none;
    cursor: pointer;
  }
  button:has(svg),
  summary {
    padding: 0;
  }
  .tools svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .save {
    position: relative;
  }
  .menu {
    position: absolute;
    top: calc(100% + 4px);
    right: 0;
    z-index: 1;
    display: grid;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
  }
  .menu button {
    min-width: 64px;
  }
  button:hover,
  summary:hover {
    border-color: var(--accent);
    color: var(--ink);
  }
  button:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--ink);
  }
  @media (pointer: coarse) {
    button,
    summary {
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
    inset: 42px 8px 42px auto;
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
  bw-legend.card {
    position: absolute;
    top: 42px;
    right: 8px;
    width: min(580px, calc(100% - 44px));
    max-height: calc(100% - 84px);
    padding: 4px 14px 12px;
    overflow: auto;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
  }
  /* A narrow picture has the LAN at its upper edge, and room at its lower one. */
  @container (max-width: 559px) {
    .tools {
      place-self: end;
      margin: 8px;
    }
    .menu {
      top: auto;
      bottom: calc(100% + 4px);
    }
    bw-legend.card {
      top: 8px;
    }
  }
  /* Above a phone's terminal there is room for the picture alone. */
  @container (max-height: 200px) {
    .strip,
    .tools {
      display: none;
    }
  }
`;
