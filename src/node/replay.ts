import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { playCapture } from './replay/play-capture.ts';
import { playRecording } from './replay/play-recording.ts';
import { parseCapture, parseRecording } from './replay/recording.ts';

/** `npm run replay -- [--json] FILE` and `npm run replay -- --packets [--json] FILE`. */
async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const packets = args.includes('--packets');
  const files = args.filter((arg) => !arg.startsWith('--'));
  const [file] = files;
  if (files.length !== 1 || file === undefined) return fail('usage: npm run replay -- [--packets] [--json] FILE');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`${file}: ${error instanceof Error && 'code' in error ? String(error.code) : 'cannot be read'}`);
  }
  if (packets) {
    const capture = parseCapture(text);
    if (!capture.ok) return fail(`${file}: ${capture.error}`);
    const moved = playCapture(capture.value);
    process.stdout.write(json ? `${JSON.stringify(moved)}\n` : stringify(moved, { lineWidth: 0 }));
    return 0;
  }
  const recording = parseRecording(text);
  if (!recording.ok) return fail(`${file}: ${recording.error}`);
  const played = await playRecording(recording.value);
  if (json) process.stdout.write(`${JSON.stringify(played)}\n`);
  else
    for (const [i, step] of played.steps.entries()) {
      const asked = recording.value.steps[i];
      const shown =
        asked === undefined
          ? ''
          : asked.do === 'sleep'
            ? `sleep ${asked.seconds}`
            : `${asked.terminal}> ${asked.do === 'key' ? asked.key : asked.text.trimEnd()}`;
      process.stdout.write(`\u001b[1m${shown}\u001b[0m${step.exit ? ` (exit ${step.exit})` : ''}\n`);
      for (const [terminal, output] of Object.entries(step.out)) {
        const own = asked !== undefined && 'terminal' in asked && asked.terminal === terminal;
        process.stdout.write(own ? output : output.replace(/^/gm, `${terminal}| `).replace(/^\w+\| $/gm, ''));
      }
    }
  return 0;
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
