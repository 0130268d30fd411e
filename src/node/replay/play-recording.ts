import { wholeLab } from '../../lab/whole.ts';
import { SessionPlayer } from './play-session.ts';
import type { Recording } from './recording.ts';
import { renderScreen } from './screen.ts';

const TERMINAL = { columns: 160, rows: 60 };

export interface PlayedStep {
  exit?: number;
  out: Record<string, string>;
}

export interface Played {
  readonly name: string;
  readonly steps: readonly PlayedStep[];
}

/** Plays a recording on a fresh default world: what every terminal showed in each step. */
export async function playRecording(recording: Recording): Promise<Played> {
  const lab = wholeLab({ seed: 1, files: recording.files });
  const player = new SessionPlayer(lab, { ...TERMINAL, cwd: `${lab.home}${recording.cwd ? `/${recording.cwd}` : ''}` });
  const steps: PlayedStep[] = [];
  for (const { exit, output } of player.play(recording)) {
    const out: Record<string, string> = {};
    for (const [terminal, raw] of output) {
      const text = await renderScreen(raw, TERMINAL);
      if (text !== '') out[terminal] = text;
    }
    steps.push(exit === null ? { out } : { exit, out });
  }
  return { name: recording.name, steps };
}
