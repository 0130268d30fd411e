import { html, type PropertyValues, type TemplateResult } from 'lit';
import { LightElement } from '../element/light-element.ts';
import type { LabSession } from '../session/lab-session.ts';
import { WORDS } from './words.ts';

/** The elements that load when their place is first shown. */
export type PartName = 'picture' | 'timeline' | 'inspector' | 'packets' | 'tables' | 'browser' | 'files';

/** Without a prompt by then the parts come all the same, in milliseconds. */
const PATIENCE = 4000;

const MODULES = import.meta.glob('../{canvas,inspector,browser,editor}/bw-*.ts');

/** The place of a part of the page that comes later: loads its code, then mounts it with the session. */
export class BwPart extends LightElement {
  static override properties = { name: {}, session: { attribute: false }, state: { state: true } };
  declare name: PartName;
  declare session: LabSession;
  declare state: 'coming' | 'there' | 'absent' | 'failed';

  constructor() {
    super();
    this.state = 'coming';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  protected override render(): TemplateResult | null {
    if (this.state === 'there' || this.state === 'absent') return null;
    const words = WORDS[this.session.language.value];
    return html`<p class="part-note">${this.state === 'coming' ? words.partComing : words.partFailed}</p>`;
  }

  private async load(): Promise<void> {
    const tag = `bw-${this.name}`;
    try {
      await prompted(this.session);
      const path = Object.keys(MODULES).find((each) => each.endsWith(`/${tag}.ts`));
      await MODULES[path ?? '']?.();
      if (!customElements.get(tag)) {
        this.state = 'absent';
        return;
      }
      const element = Object.assign(document.createElement(tag), { session: this.session });
      this.state = 'there';
      await this.updateComplete;
      this.append(element);
    } catch (error) {
      console.error(error);
      this.state = 'failed';
    }
  }
}

/** Until the first prompt stands there: nothing takes its share of network and processor away. */
async function prompted({ prompted }: LabSession): Promise<void> {
  if (prompted.value) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    const stop = prompted.watch(() => {
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

customElements.define('bw-part', BwPart);
