import { parse } from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';

/** A recorded session, without its answers (test/recordings/*.yaml). */
export interface Recording {
  readonly name: string;
  /** Below the home folder. */
  readonly cwd: string;
  /** Path below the home folder to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly do: 'run'; readonly text: string; readonly terminal: string; readonly background: boolean }
  | { readonly do: 'type'; readonly text: string; readonly terminal: string }
  | { readonly do: 'key'; readonly key: string; readonly terminal: string }
  | { readonly do: 'sleep'; readonly seconds: number };

/** A recorded capture, without its answers (test/captures/*.yaml). */
export interface Capture {
  readonly name: string;
  readonly setup: readonly string[];
  readonly background: readonly string[];
  /** The command runs on the LAN machine instead of the host. */
  readonly fromLan: boolean;
  readonly run: string;
  /** Milliseconds captured after the command's end. */
  readonly settle: number;
  /** Lines carry their time. */
  readonly times: boolean;
}

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Reads a recording; the failure is one line for people. */
export function parseRecording(text: string): Result<Recording, string> {
  const data = readYaml(text);
  if (!isData(data) || typeof data['name'] !== 'string' || !Array.isArray(data['steps']))
    return err('not a recording: it needs "name" and "steps"');
  const files = data['files'] ?? {};
  if (!isData(files) || !Object.values(files).every((each) => typeof each === 'string'))
    return err('not a recording: "files" has to map paths to texts');
  const steps: Step[] = [];
  for (const [i, raw] of data['steps'].entries()) {
    const step = isData(raw) ? stepOf(raw) : null;
    if (step === null) return err(`not a recording: step ${i + 1} has none of "run", "type", "key", "sleep"`);
    steps.push(step);
  }
  return ok({
    name: data['name'],
    cwd: typeof data['cwd'] === 'string' ? data['cwd'] : '',
    files: files as Record<string, string>,
    steps,
  });
}

function stepOf(data: Data): Step | null {
  const terminal = typeof data['term'] === 'string' ? data['term'] : 'a';
  if (typeof data['run'] === 'string')
    return { do: 'run', text: data['run'], terminal, background: data['background'] === true };
  if (typeof data['type'] === 'string') return { do: 'type', text: data['type'], terminal };
  if (typeof data['key'] === 'string') return { do: 'key', key: data['key'], terminal };
  return typeof data['sleep'] === 'number' ? { do: 'sleep', seconds: data['sleep'] } : null;
}

/** Reads a capture file; the failure is one line for people. */
export function parseCapture(text: string): Result<Capture, string> {
  const data = readYaml(text);
  if (!isData(data) || typeof data['name'] !== 'string' || typeof data['run'] !== 'string')
    return err('not a capture: it needs "name" and "run"');
  const setup = data['setup'] ?? [];
  const background = data['background'] ?? [];
  if (!isTexts(setup) || !isTexts(background))
    return err('not a capture: "setup" and "background" have to be lists of commands');
  return ok({
    name: data['name'],
    setup,
    background,
    fromLan: data['from'] === 'lan',
    run: data['run'],
    settle: typeof data['settle'] === 'number' ? data['settle'] : 1600,
    times: data['times'] === true,
  });
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
