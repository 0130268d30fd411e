import type { Task } from '../../kernel/process/task.ts';
import type { Exercise, Input as ExerciseInput } from '../../scenario/course/exercise.ts';
import type { Examiner } from '../../scenario/examiner.ts';
import { Player } from '../../scenario/player.ts';
import type { SimTime } from '../../sim/clock.ts';
import { TraceFeed } from '../feed/trace-feed.ts';
import { Lab, type TerminalId } from '../lab.ts';
import type { Answers, FromMachine, LoggedInput, Question, SessionLoss, SessionStart, ToMachine } from '../messages.ts';
import type { Parts, PartsHolder } from '../parts.ts';
import type { Prober } from '../probing/prober.ts';
import { replayLog } from '../replay-log.ts';
import { undo } from '../undo.ts';
import { EMPTY_VIEW } from '../view/empty-view.ts';
import { Projector } from '../view/projector.ts';
import { fetchedPage } from './fetched-page.ts';
import { answerFileQuestion } from './file-questions.ts';
import { foregroundWaits } from './foreground-wait.ts';
import { Moments } from './moments.ts';
import { TerminalStage } from './terminal-stage.ts';

/** What a terminal is opened with that the page has not asked for yet. */
const COLUMNS = 100;
const ROWS = 24;
/** A wait is passed over from this length on; shorter ones are lived through. */
const SHORTEST_SKIP = 1.5e9;
/** So often for one command: one that waits again and again, such as `watch`, goes on at its own pace. */
const MOST_SKIPS = 6;
/** The log says what the machine has come to after so many inputs. */
const INPUTS_PER_CHECK = 25;

/**
 * The machine's side of the wall: takes messages, lets time pass when it is told to, and says what has come of it. It knows no clock
 * but the machine's; whoever drives it has one.
 */
export class LabHost {
  /** From here on to `moments` there once the session has been started, which is the first message. */
  private start!: SessionStart;
  private lab!: Lab;
  private feed!: TraceFeed;
  private projector!: Projector;
  private moments!: Moments;
  private examiner: Examiner | null = null;
  private exercise: Exercise | null = null;
  private prober: Prober | null = null;
  private player: Player | null = null;
  /** How many inputs it plays. */
  private playing = 0;
  private skips = new WeakMap<Task, number>();
  private filesVersion = 0;
  private logged = 0;
  private sinceCheck = 0;
  private looking = true;
  /** Events that had fired at the last report: without any, nothing has changed. */
  private reported = -1;
  /** Messages that came before the session began. */
  private readonly early: ToMachine[] = [];
  private started = false;
  /** The lab is there: a saved session waits for its parts before it begins. */
  private begun = false;
  /** Messages that came before the parts that they need. */
  private readonly waiting: ToMachine[] = [];
  private blocked = false;
  /** The machine goes no further than this, and only to the next step of a packet. */
  holdUntil: SimTime | null = null;

  constructor(
    private readonly say: (message: FromMachine) => void,
    private readonly parts: PartsHolder,
  ) {}

  get now(): SimTime {
    return this.begun ? this.lab.now : 0;
  }

  hear(message: ToMachine): void {
    if (message.do === 'start') {
      this.started = true;
      this.sort(message);
      for (const early of this.early.splice(0)) this.sort(early);
    } else if (this.started) this.sort(message);
    else this.early.push(message);
  }

  /** Does what a message asks for, or lets it wait for the parts that it needs. */
  private sort(message: ToMachine): void {
    if (this.parts.there) this.handle(message);
    else if (message.do === 'exercise') this.waiting.push(message);
    else if (this.blocked || needsParts(message)) {
      // What comes after it has to wait as well, lest the order change.
      this.blocked = true;
      this.waiting.push(message);
    } else this.handle(message);
  }

  /** The parts that come after the first moment are there: what waited for them is done now. */
  fill(parts: Parts): void {
    this.parts.fill(parts);
    for (const message of this.waiting.splice(0)) this.handle(message);
  }

  private handle(message: ToMachine): void {
    switch (message.do) {
      case 'start':
        this.begin(message.from);
        break;
      case 'open-terminal':
        this.openTerminal(message.terminal, message.folder, message.columns, message.rows);
        break;
      case 'close-terminal':
        this.lab.closeTerminal(message.terminal);
        break;
      case 'type':
        this.lab.type(message.terminal, message.text);
        break;
      case 'resize':
        this.lab.resize(message.terminal, message.columns, message.rows);
        break;
      case 'exercise':
        this.open(message.exercise);
        break;
      case 'play':
        this.play(message.inputs);
        break;
      case 'stop-playing':
        this.player = null;
        break;
      case 'look':
        this.looking = message.at;
        break;
      case 'load-rest':
        // For the worker that loads the parts and fills them in.
        break;
      case 'hold':
        this.holdUntil = message.until;
        break;
      case 'ask':
        this.answer(message.number, message.question);
    }
  }

  /** Lets time pass, at most so many events of it; whether the time was reached. */
  advance(time: SimTime, events: number): boolean {
    if (!this.begun) return true;
    const reached =
      this.holdUntil === null
        ? this.advanceFreely(time, events)
        : this.advanceHeld(Math.min(time, this.holdUntil), events);
    if (this.examiner?.isDue) this.examiner.look();
    if (this.player) this.tickPlayer(this.player);
    return reached;
  }

  private advanceFreely(time: SimTime, events: number): boolean {
    return this.looking ? this.moments.advance(time, events) : this.lab.advanceUpTo(time, events);
  }

  /** Event by event, until something has happened to a packet: what comes of it has to wait until that has been seen. */
  private advanceHeld(time: SimTime, events: number): boolean {
    const { lab } = this;
    const { trace } = lab.world;
    for (let i = 0; i < events; i++) {
      const before = trace.length;
      const reached = lab.advanceUpTo(time, 1);
      if (this.feed.steppedIn(before).size > 0) {
        this.holdUntil = lab.now;
        return true;
      }
      if (reached) return true;
    }
    return false;
  }

  /** Works a small while on what the checks want to be tried out on a second machine; whether there is more to do at once. */
  probe(): boolean {
    const book = this.examiner?.probes;
    if (!book || !this.prober) return false;
    const before = book.version;
    const more = this.prober.work();
    // A check may have come true, or has to ask anew, though nothing has happened on the learner's machine.
    if (book.version !== before) this.reported = -1;
    return more;
  }

  /** A foreground command's wait that may be passed over now: until when, and in which terminal. */
  nextSkip(): { readonly terminal: TerminalId; readonly until: SimTime } | null {
    if (!this.begun || this.holdUntil !== null) return null;
    for (const { terminal, task, until } of foregroundWaits(this.lab)) {
      if (until - this.now < SHORTEST_SKIP || (this.skips.get(task) ?? 0) >= MOST_SKIPS) continue;
      this.skips.set(task, (this.skips.get(task) ?? 0) + 1);
      return { terminal, until };
    }
    return null;
  }

  /** Tells the page what has changed since the last time. */
  report(): void {
    if (!this.begun) return;
    this.reportLog();
    const { version } = this.lab.world.host.files;
    if (version !== this.filesVersion) {
      this.filesVersion = version;
      // Checks may look at files, and a file that the page writes fires nothing.
      this.reported = -1;
      this.say({ say: 'files-changed' });
    }
    const { fired } = this.lab.world.queue;
    if (!this.looking || (fired === this.reported && !this.examiner?.isPending)) return;
    this.reported = fired;
    const chunk = this.feed.take();
    if (chunk) this.say({ say: 'trace', chunk });
    const moments = this.moments.take();
    if (moments.some(({ patches }) => patches.some(({ path }) => path.some(isForbidden))))
      this.say({ say: 'view-whole', view: this.projector.view });
    else if (moments.length > 0) this.say({ say: 'view', moments });
  }

  private begin(from: SessionStart): void {
    const loss = this.build(from, from.log, from.time);
    this.begun = true;
    if (loss) this.build({ ...from, files: from.rescue }, [], 0);
    this.say({ say: 'ready', time: this.now, lost: loss });
    this.sayAll();
  }

  /** Makes the lab anew and plays a log into it; why that could not be done. */
  private build(from: SessionStart, log: readonly LoggedInput[], time: SimTime): SessionLoss | null {
    const { seed, startDate, files } = from;
    this.start = from;
    this.lab = new Lab({ seed, startDate, files, parts: this.parts });
    const { lab } = this;
    this.feed = new TraceFeed(lab.world, (shell) => {
      for (const terminal of lab.openTerminals()) if (terminal.shell === shell) return terminal.id;
      return null;
    });
    this.projector = new Projector(lab, this.feed.commands, () => this.examiner?.look() ?? null);
    this.moments = new Moments(lab, this.feed, this.projector);
    this.examiner = null;
    this.prober = null;
    this.exercise = null;
    this.player = null;
    this.skips = new WeakMap();
    this.logged = 0;
    this.reported = -1;
    this.say({ say: 'begin-again' });
    const replayed = replayLog(lab, {
      log,
      time,
      onOutput: (terminal, text) => this.say({ say: 'output', terminal, text }),
      onExercise: (id) => this.examine(from.exercises.find((each) => each.id === id) ?? null),
      onTime: () => {
        this.feed.take();
        this.examiner?.look();
      },
    });
    return replayed.ok ? null : replayed.error;
  }

  private sayAll(): void {
    this.projector.view = EMPTY_VIEW;
    this.projector.update();
    this.say({ say: 'view-whole', view: this.projector.view });
    this.report();
  }

  private openTerminal(id: TerminalId, folder: string, columns = COLUMNS, rows = ROWS): void {
    this.lab.openTerminal({
      id,
      columns,
      rows,
      cwd: folder,
      onOutput: (text) => this.say({ say: 'output', terminal: id, text }),
    });
  }

  private open(exercise: Exercise | null): void {
    // A page that comes back to its session opens again what is open: what the examiner has seen counts on.
    if (exercise !== null && exercise.id === this.exercise?.id) return;
    const { lab } = this;
    if (exercise) {
      const folder = `${lab.home}/${exercise.folder}`;
      if (!lab.world.host.files.stat(folder)) lab.makeFolder(folder);
      for (const [path, content] of Object.entries(exercise.files))
        if (!lab.world.host.files.stat(`${folder}/${path}`)) lab.writeFile(`${folder}/${path}`, content);
      if (!this.start.exercises.some(({ id }) => id === exercise.id))
        this.start = { ...this.start, exercises: [...this.start.exercises, exercise] };
    }
    lab.noteExercise(exercise?.id ?? null);
    this.examine(exercise);
    this.reported = -1;
  }

  private examine(exercise: Exercise | null): void {
    this.exercise = exercise;
    const started = exercise && this.parts.all.startExaminer(exercise, this.lab.world, this.lab.home);
    if (started && !started.ok) this.say({ say: 'fault', message: started.error });
    this.examiner = started?.ok ? started.value : null;
    const { lab, parts, start } = this;
    this.prober = this.examiner && parts.all.startProber({ lab, parts, start, book: this.examiner.probes });
  }

  private play(inputs: readonly ExerciseInput[]): void {
    const { lab } = this;
    const stage = new TerminalStage({
      lab,
      folder: `${lab.home}/${this.exercise?.folder ?? ''}`.replace(/\/$/, ''),
      open: (terminal, folder) => this.openTerminal(terminal, folder),
      onPage: (machine, page) => this.say({ say: 'page', machine, page: fetchedPage(page) }),
      values: () => this.examiner?.look().values ?? {},
    });
    this.player = new Player(inputs, stage);
    this.playing = inputs.length;
    this.tickPlayer(this.player);
  }

  private tickPlayer(player: Player): void {
    const before = player.position;
    player.tick();
    const { position, done, stuck } = player;
    if (position !== before || done)
      this.say({ say: 'playing', position, of: this.playing, done, stuck: stuck?.why ?? null });
    if (done) this.player = null;
  }

  private answer(number: number, question: Question): void {
    const reply = (answer: Answers[keyof Answers]) => this.say({ say: 'answer', number, answer });
    if (question.ask === 'fetch')
      this.lab.fetch(question.machine, question.url, (page) => {
        // Whoever explains an answer looks at its packets.
        this.report();
        reply(fetchedPage(page));
      });
    else if (question.ask === 'diagnose')
      reply(this.parts.all.diagnoseCompose(question.path, question.text, this.readFile));
    else if (question.ask === 'outline')
      reply(this.parts.all.outlineCompose(question.path, question.text, this.readFile));
    else if (question.ask === 'home-files') reply(this.lab.homeFiles());
    else if (question.ask === 'undo') reply(this.undo());
    else if (question.ask === 'start-over') {
      this.startOver(question.keepFiles);
      reply(null);
    } else reply(answerFileQuestion(this.lab, question));
  }

  private readonly readFile = (path: string): string | null => {
    const text = this.lab.world.host.files.read(path);
    return text.ok ? text.value : null;
  };

  private undo(): string | null {
    const undone = undo(this.lab.log);
    if (!undone) return null;
    this.build(this.start, undone.log, undone.time);
    this.sayAll();
    return undone.what;
  }

  private startOver(keepFiles: boolean): void {
    const files = keepFiles ? this.lab.homeFiles() : {};
    const { exercise } = this;
    this.build({ ...this.start, files }, [], 0);
    if (exercise) this.open(exercise);
    this.sayAll();
  }

  private reportLog(): void {
    const { log } = this.lab;
    if (log.length === this.logged) return;
    this.sinceCheck += log.length - this.logged;
    if (this.sinceCheck >= INPUTS_PER_CHECK) {
      this.sinceCheck = 0;
      this.lab.noteCheck();
    }
    this.say({ say: 'log', entries: log.slice(this.logged), from: this.logged, time: this.now });
    this.logged = log.length;
  }
}

/** A name in a path that Immer applies no patch to, lest a prototype be written: a device may bear it. */
const isForbidden = (key: string | number): boolean => key === 'constructor';

/** Whether a message sets off more than the shell's line editor. */
function needsParts(message: ToMachine): boolean {
  switch (message.do) {
    case 'start':
      return message.from.log.length > 0;
    case 'type':
      return /[\r\n\t]/.test(message.text);
    case 'play':
      return true;
    case 'ask':
      return ['fetch', 'diagnose', 'outline', 'undo', 'start-over'].includes(message.question.ask);
    default:
      return false;
  }
}
