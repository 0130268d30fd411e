import { CaptureLines } from './capture-lines.ts';
import { wholeLab } from '../../lab/whole.ts';
import { SessionPlayer } from './play-session.ts';
import type { Capture } from './recording.ts';

const TERMINAL = { columns: 160, rows: 60 };
/** The announcements of a new container's address (three, a second apart) have ended by then. */
const AFTER_SETUP = 4;
const BETWEEN_BACKGROUND = 0.7;

export interface Moved {
  readonly name: string;
  readonly packets: Readonly<Record<string, readonly string[]>>;
  readonly order: readonly string[];
  readonly output: string;
}

/** Carries out a capture on a fresh default world: which packets each interface saw, in the form of the recorded ones. */
export function playCapture(capture: Capture): Moved {
  const lab = wholeLab({ seed: 1 });
  const host = new SessionPlayer(lab, { ...TERMINAL, cwd: lab.home });
  for (const text of capture.setup) host.step({ do: 'run', text, terminal: 'setup', background: false });
  host.step({ do: 'sleep', seconds: AFTER_SETUP });
  lab.flushNeighbors();
  const lines = new CaptureLines(lab.now, capture.times);
  const stop = lab.captureAll((seen) => lines.add(seen));
  for (const text of capture.background) {
    lab.spawnShell({ machine: 'host', command: text, cwd: lab.home });
    host.step({ do: 'sleep', seconds: BETWEEN_BACKGROUND });
  }
  const run = lab.spawnShell({
    machine: capture.fromLan ? 'lan' : 'host',
    command: capture.run,
    cwd: capture.fromLan ? '/' : lab.home,
  });
  while (!run.ended() && lab.now < 900e9) lab.advance(0.01e9);
  lab.advance(capture.settle * 1e6);
  stop();
  return { name: capture.name, packets: lines.byInterface(), order: lines.order(), output: run.output() };
}
