import type { TerminalId } from '../../src/lab/lab.ts';
import { Lab } from '../../src/lab/lab.ts';
import { PartsHolder } from '../../src/lab/parts.ts';
import { Prober } from '../../src/lab/probing/prober.ts';
import { WHOLE } from '../../src/lab/whole.ts';
import { SemanticMarks } from '../../src/lab/semantic-marks.ts';
import type { Exercise, Input, TerminalName } from '../../src/scenario/course/exercise.ts';
import type { ExerciseReport } from '../../src/scenario/course/report.ts';
import { Examiner } from '../../src/scenario/examiner.ts';
import { Player, type Stage } from '../../src/scenario/player.ts';
import { unwrap } from '../../src/base/result.ts';

/** Between two moments at which the player and the examiner look, in nanoseconds. */
const STRIDE = 0.02e9;
const LOOK = 0.24e9;
const PARTS = new PartsHolder(WHOLE);
const START = { seed: 1, startDate: 1_795_461_300_000, files: {} };

/** An exercise on a fresh host: what a learner would do is played, and watched as the page watches it. */
export class CourseStage implements Stage {
  readonly lab = new Lab({ ...START, parts: PARTS });
  readonly examiner: Examiner;
  private readonly prober: Prober;
  report: ExerciseReport;
  private readonly folder: string;
  private readonly terminals = new Map<TerminalName, { readonly id: TerminalId; readonly marks: SemanticMarks }>();

  constructor(exercise: Exercise) {
    this.folder = `${this.lab.home}/${exercise.folder}`;
    this.lab.makeFolder(this.folder);
    for (const [path, content] of Object.entries(exercise.files)) this.write(path, content);
    this.examiner = unwrap(Examiner.start(exercise, this.lab.world, this.lab.home));
    const { lab, examiner } = this;
    this.prober = new Prober({ lab, parts: PARTS, start: START, book: examiner.probes });
    this.report = examiner.look();
  }

  /** Plays them to their end, or to where they can't go on. Every mistake that was seen on the way is reported. */
  play(inputs: readonly Input[]): { readonly stuck: Player['stuck']; readonly mistakes: ReadonlySet<string> } {
    const player = new Player(inputs, this);
    const mistakes = new Set<string>();
    let nextLook = 0;
    while (!player.done) {
      player.tick();
      this.lab.advance(STRIDE);
      if (this.now < nextLook && !this.examiner.isDue) continue;
      nextLook = this.now + LOOK;
      this.look(mistakes);
    }
    for (let looks = 0; looks < 4; looks++) {
      this.lab.advance(0.5e9);
      this.look(mistakes);
    }
    return { stuck: player.stuck, mistakes };
  }

  get now(): number {
    return this.lab.now;
  }

  type(terminal: TerminalName, text: string): void {
    this.lab.type(this.terminal(terminal).id, text);
  }

  isReady(terminal: TerminalName): boolean {
    return this.terminal(terminal).marks.region === 'line';
  }

  write(path: string, content: string): void {
    this.lab.writeFile(`${this.folder}/${path}`, content);
  }

  visit(url: string, from: 'host' | 'lan'): void {
    this.lab.fetch(from, url, () => undefined);
  }

  values(): Readonly<Record<string, string>> {
    return this.report.values;
  }

  private look(mistakes: Set<string>): void {
    while (this.prober.work());
    this.report = this.examiner.look();
    for (const id of this.report.mistakes) mistakes.add(id);
  }

  private terminal(name: TerminalName) {
    let terminal = this.terminals.get(name);
    if (!terminal) {
      const marks = new SemanticMarks();
      const onOutput = (text: string) => void marks.feed(text);
      terminal = { id: this.lab.openTerminal({ columns: 100, rows: 30, cwd: this.folder, onOutput }), marks };
      this.terminals.set(name, terminal);
    }
    return terminal;
  }
}
