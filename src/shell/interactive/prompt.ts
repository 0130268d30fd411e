import type { Sys } from '../../kernel/syscalls/proc.ts';
import { decodeUtf8 } from '../../base/bytes.ts';
import type { Shell } from '../state/shell.ts';

/** The prompt's escapes (bash(1), PROMPTING), then the expansions in it. Times are UTC. */
export function* promptText(shell: Shell, variable: 'PS1' | 'PS2'): Sys<string> {
  const format =
    shell.variables.get(variable) ??
    (variable === 'PS2' ? '> ' : shell.flavor === 'bash' ? '\\u@\\h:\\w\\$ ' : '\\w \\$ ');
  const user = yield* userName(shell);
  const { proc } = shell;
  const home = shell.variables.get('HOME') ?? '';
  const cwd = proc.cwd();
  const inHome = home !== '' && home !== '/' && (cwd === home || cwd.startsWith(`${home}/`));
  const short = inHome ? `~${cwd.slice(home.length)}` : cwd;
  const time = proc.date();
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const [hours, minutes, seconds] = [(time / 3_600_000) % 24, (time / 60_000) % 60, (time / 1000) % 60];
  const text = format.replace(/\\(\d{3}|[^])/g, (all, code: string) => {
    switch (code) {
      case 'u':
        return user;
      case 'h':
        return proc.hostname().split('.')[0] as string;
      case 'H':
        return proc.hostname();
      case 'w':
        return short;
      case 'W':
        return short === '/' || short === '~' ? short : short.slice(short.lastIndexOf('/') + 1);
      case '$':
        return isRoot(shell, user) ? '#' : '\\$';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 'e':
        return '\u001b';
      case 'a':
        return '\u0007';
      case 's':
        return shell.name.replace(/^-/, '');
      case 'v':
      case 'V':
        return '5.2';
      case 't':
        return `${two(hours)}:${two(minutes)}:${two(seconds)}`;
      case 'A':
        return `${two(hours)}:${two(minutes)}`;
      case 'j':
        return String(shell.jobs.length);
      case '!':
      case '#':
        return String(shell.history.length + 1);
      case '[':
      case ']':
        return '';
      case '\\':
        return '\\\\';
      default:
        return /^\d/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 255) : all;
    }
  });
  const { status } = shell;
  const expanded =
    // A dollar sign that is followed by nothing is one, as at the end of most prompts.
    /\$[\w{([@*#?!$-]|[`\\]/.test(text) ? yield* shell.interpreter.expandTemplate(shell, text) : text;
  shell.status = status;
  shell.unwinding = null;
  return expanded;
}

/** The host's account has root's rights under a name of its own: the name decides what the prompt ends with. */
function isRoot(shell: Shell, user: string): boolean {
  return shell.proc.uid === 0 && (shell.flavor === 'ash' || user === 'root');
}

function* userName(shell: Shell): Sys<string> {
  const given = shell.variables.get('USER') ?? shell.variables.get('LOGNAME');
  if (given) return given;
  const file = yield* shell.proc.open('/etc/passwd', { read: true });
  if (!file.ok) return shell.proc.uid === 0 ? 'root' : 'I have no name!';
  const bytes = yield* shell.proc.read(file.value);
  yield* shell.proc.close(file.value);
  const lines = bytes.ok
    ? decodeUtf8(bytes.value)
        .split('\n')
        .map((line) => line.split(':'))
    : [];
  return lines.find(([, , uid]) => uid === String(shell.proc.uid))?.[0] ?? 'I have no name!';
}
