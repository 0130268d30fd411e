import type { Input, TerminalName } from '../../scenario/course/exercise.ts';
import { TERMINAL_NAMES } from '../../scenario/course/exercise.ts';
import type { Stage } from '../../scenario/player.ts';
import type { SimTime } from '../../sim/clock.ts';
import type { Page } from '../fetch-from.ts';
import type { Lab, TerminalId } from '../lab.ts';

export interface StageOptions {
  readonly lab: Lab;
  /** Absolute path of the folder in which it is played. */
  readonly folder: string;
  readonly open: (terminal: TerminalId, folder: string) => void;
  readonly onPage: (machine: 'host' | 'lan', page: Page) => void;
  readonly values: () => Readonly<Record<string, string>>;
}

/** The number of a terminal that a course names: the first one is 1. */
export const terminalNumber = (name: TerminalName): TerminalId => TERMINAL_NAMES.indexOf(name) + 1;

/** The learner's own lab as a stage on which inputs are played. */
export class TerminalStage implements Stage {
  constructor(private readonly options: StageOptions) {}

  get now(): SimTime {
    return this.options.lab.now;
  }

  type(name: TerminalName, text: string): void {
    this.options.lab.type(this.opened(name), text);
  }

  isReady(name: TerminalName): boolean {
    const id = this.opened(name);
    for (const terminal of this.options.lab.openTerminals())
      if (terminal.id === id) return terminal.tty.foreground === terminal.shell.group && terminal.shell.state === 'S';
    return false;
  }

  write(path: string, content: string): void {
    this.options.lab.writeFile(`${this.options.folder}/${path}`, content);
  }

  visit(url: string, from: Extract<Input, { readonly do: 'visit' }>['from']): void {
    this.options.lab.fetch(from, url, (page) => this.options.onPage(from, page));
  }

  values(): Readonly<Record<string, string>> {
    return this.options.values();
  }

  private opened(name: TerminalName): TerminalId {
    const id = terminalNumber(name);
    if (this.options.lab.terminalEnded(id)) this.options.open(id, this.options.folder);
    return id;
  }
}
