import { LitElement } from 'lit';

/** A Lit element that renders into the page itself: the page's style sheets, labels and landmarks reach into it. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
