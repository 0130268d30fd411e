import type { Shell } from '../state/shell.ts';

/** A prompt with its escapes resolved: \u \h \H \w \W \$ \n \s \[ \] \e (PROMPTING in bash(1)). */
export function promptText(shell: Shell, text: string): string {
  const { proc, variables } = shell;
  const home = variables.get('HOME');
  const folder = variables.get('PWD') ?? proc.cwd();
  const short =
    home !== undefined && home !== '/' && (folder === home || folder.startsWith(`${home}/`))
      ? `~${folder.slice(home.length)}`
      : folder;
  return text.replace(/\\([uhHwW$nsea[\]\\])/g, (_, letter: string) => {
    switch (letter) {
      case 'u':
        return variables.get('USER') ?? (proc.uid === 0 ? 'root' : 'user');
      case 'h':
        return proc.hostname().split('.')[0] as string;
      case 'H':
        return proc.hostname();
      case 'w':
        return short;
      case 'W':
        return short === '/' || short === '~' ? short : short.slice(short.lastIndexOf('/') + 1);
      case '$':
        return proc.uid === 0 ? '#' : '$';
      case 'n':
        return '\r\n';
      case 's':
        return shell.flavor;
      case 'e':
        return '\u001b';
      case '\\':
        return '\\';
      default:
        return '';
    }
  });
}
