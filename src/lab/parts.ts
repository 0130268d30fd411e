import type { Route } from '../dockerd/api/router.ts';
import type { ProgramTable } from '../kernel/kernel.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import type { Examiner } from '../scenario/examiner.ts';
import type { Completion } from '../shell/interactive/completion.ts';
import type { Interpreter } from '../shell/state/shell.ts';
import { earlyPrograms } from './early-programs.ts';
import type { diagnoseCompose } from './host/diagnose-compose.ts';
import type { outlineCompose } from './host/outline-compose.ts';
import type { fetchFrom } from './fetch-from.ts';
import type { Prober } from './probing/prober.ts';

/** What a lab has beyond its kernel and its engine: large, and not needed before somebody runs a command. */
export interface Parts {
  /** Docker's API. */
  readonly routes: readonly Route[];
  readonly programs: ReadonlyMap<string, Program>;
  readonly interpreter: Interpreter;
  readonly completions: ReadonlyMap<string, Completion>;
  readonly fetchFrom: typeof fetchFrom;
  readonly diagnoseCompose: typeof diagnoseCompose;
  readonly outlineCompose: typeof outlineCompose;
  readonly startExaminer: typeof Examiner.start;
  readonly startProber: (...of: ConstructorParameters<typeof Prober>) => Prober;
}

/**
 * A place for the parts: a page fills it a moment after its first prompt. Until then nothing may be asked of them but the shell, which
 * is there from the start.
 */
export class PartsHolder implements ProgramTable {
  private readonly early = earlyPrograms(() => this);

  /** @param parts null: they come later */
  constructor(private parts: Parts | null) {}

  get there(): boolean {
    return this.parts !== null;
  }

  /** The parts, where they are known to be there. */
  get all(): Parts {
    if (this.parts === null) throw new Error('asked for parts that have not come yet');
    return this.parts;
  }

  fill(parts: Parts): void {
    this.parts = parts;
  }

  /** A program by its name. */
  get(name: string): Program | undefined {
    return this.early.get(name) ?? this.all.programs.get(name);
  }
}
