import type { HopRecord, TraceChunk } from '../../../lab/feed/feed.ts';
import { TraceFeed } from '../../../lab/feed/trace-feed.ts';
import { wholeLab } from '../../../lab/whole.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import { Projector } from '../../../lab/view/projector.ts';
import { Machine } from '../../session/machine.ts';
import { LabSession } from '../../session/lab-session.ts';
import type { FromMachine, ToMachine } from '../../../lab/messages.ts';

/** A lab in process whose commands are typed in a terminal, with the session that a page would have of it. */
export class StoryLab {
  readonly session: LabSession;
  readonly sent: ToMachine[] = [];
  private readonly lab = wholeLab({ seed: 7 });
  private readonly feed = new TraceFeed(this.lab.world, () => null);
  private readonly projector = new Projector(this.lab, this.feed.commands);
  private readonly terminal: number;
  private hear: (message: FromMachine) => void = () => {};

  constructor() {
    const machine = new Machine({ post: (message) => this.sent.push(message), listen: (hear) => (this.hear = hear) });
    this.session = new LabSession(machine, { language: 'en', scheme: 'light' });
    this.terminal = this.lab.openTerminal({ columns: 120, rows: 30, onOutput: () => {} });
    this.look();
  }

  get view(): LabView {
    return this.projector.view;
  }

  get records(): readonly HopRecord[] {
    return this.session.trace.records;
  }

  /** Runs a line, looking at the machine every so many milliseconds while it does. */
  run(line: string, { seconds = 4, every = 100 }: { readonly seconds?: number; readonly every?: number } = {}): this {
    this.lab.type(this.terminal, `${line}\r`);
    for (let passed = 0; passed < seconds * 1000; passed += every) {
      this.lab.advance(every * 1e6);
      this.look();
    }
    return this;
  }

  /** On the machine at the other end of the LAN. */
  runOnLan(line: string, { seconds = 4 }: { readonly seconds?: number } = {}): this {
    this.lab.spawnShell({ machine: 'lan', command: line, cwd: '/' });
    for (let i = 0; i < seconds * 10; i++) {
      this.lab.advance(1e8);
      this.look();
    }
    return this;
  }

  private look(): void {
    const chunk: TraceChunk | null = this.feed.take();
    if (chunk) this.hear({ say: 'trace', chunk });
    if (this.projector.update().length > 0) this.hear({ say: 'view-whole', view: this.projector.view });
  }
}
