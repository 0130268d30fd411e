import type { PlayedStep } from '../../src/node/replay/play-recording.ts';
import { normalise } from './normalise.ts';

/** A step of a recording, with its answers. */
export interface ExpectedStep {
  readonly exit?: number;
  readonly out?: Readonly<Record<string, string>>;
  readonly unordered?: boolean;
  readonly varies?: boolean;
  readonly run?: string;
}

export interface ComparedStep {
  readonly step: number;
  readonly skipped: boolean;
  readonly problems: readonly { readonly what: string; readonly expected: string; readonly actual: string }[];
}

/** Both sides of every step, after what differs between two real runs has been replaced. */
export function compareSession(expected: readonly ExpectedStep[], actual: readonly PlayedStep[]): ComparedStep[] {
  return expected.map((wanted, i) => {
    const shown = actual[i] ?? { out: {} };
    const problems: { what: string; expected: string; actual: string }[] = [];
    if (wanted.varies) return { step: i + 1, skipped: true, problems };
    if (wanted.exit !== undefined && wanted.exit !== shown.exit)
      problems.push({ what: 'exit', expected: String(wanted.exit), actual: String(shown.exit) });
    const unordered = wanted.unordered ?? false;
    for (const terminal of new Set([...Object.keys(wanted.out ?? {}), ...Object.keys(shown.out)])) {
      const [left, right] = [
        normalise(wanted.out?.[terminal] ?? '', unordered),
        normalise(shown.out[terminal] ?? '', unordered),
      ];
      if (left !== right) problems.push({ what: `terminal ${terminal}`, expected: left, actual: right });
    }
    return { step: i + 1, skipped: false, problems };
  });
}
