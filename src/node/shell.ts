import { wholeLab } from '../lab/whole.ts';

/** `npm run shell`: the simulated host in one's own terminal. Ctrl+D at its prompt, or Ctrl+] at any time, ends it. */
const { stdin, stdout } = process;
const LEAVE = '\u001d';
const FRAME = 16;

const lab = wholeLab({ seed: Date.now() % 2 ** 31, startDate: Date.now() });
const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
const id = lab.openTerminal({ ...size(), onOutput: (text) => stdout.write(text) });

if (stdin.isTTY) stdin.setRawMode(true);
stdin.setEncoding('utf8');
stdin.on('data', (text: string | Buffer) => {
  if (String(text).includes(LEAVE)) leave();
  lab.type(id, String(text));
});
stdin.on('end', () => lab.type(id, '\u0004'));
stdout.on('resize', () => lab.resize(id, size().columns, size().rows));

const start = performance.now();
const origin = lab.now;
const clock = setInterval(() => {
  const target = origin + (performance.now() - start) * 1e6;
  lab.advanceUpTo(target, 200_000);
  if (lab.terminalEnded(id)) leave();
}, FRAME);

function leave(): never {
  clearInterval(clock);
  if (stdin.isTTY) stdin.setRawMode(false);
  stdout.write('\n');
  process.exit(0);
}
