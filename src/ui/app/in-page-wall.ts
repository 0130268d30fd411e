import type { FromMachine, ToMachine } from '../../lab/messages.ts';
import { Lab, type TerminalId } from '../../lab/lab.ts';
import { EMPTY_VIEW } from '../../lab/view/empty-view.ts';
import type { LabView, TerminalView } from '../../lab/view/lab-view.ts';
import type { Wall } from '../session/machine.ts';

/** How long one frame may work on the machine, in milliseconds: the page stays alive whatever a program does. */
const FRAME_BUDGET = 8;
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 2000;

/** The machine in the page's own thread: terminals only. */
export class InPageWall implements Wall {
  private listener: (message: FromMachine) => void = () => {};
  private lab: Lab | null = null;
  private readonly ids = new Map<number, TerminalId>();

  listen(listener: (message: FromMachine) => void): void {
    this.listener = listener;
  }

  post(message: ToMachine): void {
    if (message.do === 'start') {
      this.lab = new Lab({ seed: message.from.seed, startDate: message.from.startDate });
      this.run(this.lab);
      this.listener({ say: 'ready', time: this.lab.now, lost: null });
    }
    const { lab } = this;
    if (!lab) return;
    if (message.do === 'open-terminal') {
      const id = lab.openTerminal({
        columns: message.columns,
        rows: message.rows,
        cwd: message.folder,
        onOutput: (text) => this.listener({ say: 'output', terminal: message.terminal, text }),
      });
      this.ids.set(message.terminal, id);
    } else if (message.do === 'close-terminal') {
      lab.closeTerminal(this.ids.get(message.terminal) ?? 0);
      this.ids.delete(message.terminal);
    } else if (message.do === 'type') lab.type(this.ids.get(message.terminal) ?? 0, message.text);
    else if (message.do === 'resize') lab.resize(this.ids.get(message.terminal) ?? 0, message.columns, message.rows);
    if (message.do === 'open-terminal' || message.do === 'close-terminal') this.tellView(lab);
  }

  private tellView(lab: Lab): void {
    const terminals: Record<number, TerminalView> = {};
    for (const [id, own] of this.ids)
      terminals[id] = { id, command: null, folder: '/home/user', container: null, ended: lab.terminalEnded(own) };
    const view: LabView = { ...EMPTY_VIEW, time: lab.now, terminals };
    this.listener({ say: 'view-whole', view });
  }

  /** Drives the machine: a frame's worth of virtual time each frame, never longer than its budget. */
  private run(lab: Lab): void {
    const startWall = performance.now();
    const startVirtual = lab.now;
    // Time that the machine could not keep up with is let go, not run after.
    let behind = 0;
    const frame = () => {
      const begin = performance.now();
      const target = startVirtual + (begin - startWall - behind) * 1e6;
      let reached = false;
      while (!reached && performance.now() - begin < FRAME_BUDGET) reached = lab.advanceUpTo(target, EVENTS_PER_LOOK);
      if (!reached) behind += (target - lab.now) / 1e6;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
}
