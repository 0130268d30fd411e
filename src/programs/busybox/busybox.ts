import type { Proc, Program } from '../../kernel/syscalls/proc.ts';

const VERSION = 'BusyBox v1.37.0 multi-call binary.';

/**
 * BusyBox: one program that is many, by the name under which it is started, or by its first argument
 * (libbb/appletlib.c). Left out: `--install`.
 */
export function busyboxProgram(applets: ReadonlyMap<string, Program>): Program {
  return function* (proc) {
    // A login shell's name begins with a dash.
    const name = (proc.argv[0] ?? '').replace(/.*\//, '').replace(/^-/, '');
    const applet = applets.get(name);
    if (applet) return yield* applet(proc);
    if (!name.startsWith('busybox')) {
      yield* proc.write(2, `${name}: applet not found\n`);
      return 127;
    }
    const [asked, ...args] = proc.argv.slice(1);
    if (asked === undefined || asked === '--help') {
      yield* proc.write(1, overview([...applets.keys()].sort()));
      return 0;
    }
    if (asked === '--list') {
      yield* proc.write(
        1,
        [...applets.keys()]
          .sort()
          .map((each) => `${each}\n`)
          .join(''),
      );
      return 0;
    }
    const wanted = applets.get(asked.replace(/.*\//, ''));
    if (wanted) return yield* wanted(withArguments(proc, [asked, ...args]));
    yield* proc.write(2, `${asked}: applet not found\n`);
    return 127;
  };
}

/** The same process with other arguments. */
function withArguments(proc: Proc, argv: readonly string[]): Proc {
  return Object.create(proc, { argv: { value: argv } }) as Proc;
}

function overview(names: readonly string[]): string {
  const lines = ['\t'];
  for (const [i, name] of names.entries()) {
    const word = i < names.length - 1 ? `${name}, ` : name;
    // A tab counts for eight columns.
    if ((lines.at(-1) as string).length + word.trimEnd().length > 72) lines.push('\t');
    lines[lines.length - 1] += word;
  }
  return `${VERSION}

Usage: busybox [function [arguments]...]
   or: busybox --list
   or: function [arguments]...

	Many small tools in one program; each link to it is named after
	the tool that it shall be.

Currently defined functions:
${lines.map((line) => line.trimEnd()).join('\n')}
`;
}
