import type { Program } from '../../kernel/syscalls/proc.ts';

/** BusyBox: one program that is many, by the name under which it is started, or by its first argument. */
export const busyboxProgram = (applets: ReadonlyMap<string, Program>): Program =>
  function* (proc) {
    const name = (proc.argv[0] ?? '').replace(/.*\//, '').replace(/^-/, '');
    const applet = applets.get(name);
    if (applet) return yield* applet(proc);
    const [asked, ...args] = proc.argv.slice(1);
    if (name !== 'busybox' || asked === undefined) {
      if (name === 'busybox') {
        yield* proc.write(
          1,
          `BusyBox v1.37.0 multi-call binary.\n\nCurrently defined functions:\n\t${[...applets.keys()].sort().join(', ')}\n`,
        );
        return 0;
      }
      yield* proc.write(2, `${name}: applet not found\n`);
      return 127;
    }
    const wanted = applets.get(asked);
    if (wanted) {
      const child = yield* proc.spawn({ run: { program: wanted }, argv: [asked, ...args] });
      const status = child.ok ? yield* proc.wait(child.value) : null;
      return status?.ok && status.value?.how === 'exited' ? status.value.status : 1;
    }
    yield* proc.write(2, `${asked}: applet not found\n`);
    return 127;
  };
