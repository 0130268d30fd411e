import { forEach } from '../../../compose/v1/down.ts';
import { Progress } from '../../../compose/v1/progress.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { decodeUtf8 } from '../../../base/bytes.ts';
import { containersOf } from './containers.ts';
import { namedServices, type Verb } from './verb.ts';

export const rm: Verb = {
  name: 'rm',
  short: 'Remove stopped containers',
  args: '[options] [--] [SERVICE...]',
  options: [
    { short: '-f', long: '--force', help: "Don't ask." },
    { short: '-s', long: '--stop', help: 'Stop the containers first.' },
    { short: '-a', long: '--all', help: 'Without effect, as in docker-compose itself.' },
    { short: '-v', help: 'Remove their anonymous volumes too.', long: '--volumes' },
  ],
  *run(context) {
    const { console, engine, parsed, proc } = context;
    const services = yield* namedServices(context);
    if (services === null) return 1;
    if (parsed.flags.has('--stop')) {
      const running = (yield* containersOf(context, services)).filter((each) => each.state === 'running');
      yield* forEach(new Progress(console), 'Stopping', running, (each) => engine.stopContainer(each.id), console);
    }
    const stopped = (yield* containersOf(context, services, { oneOff: true })).filter(
      (each) => each.state !== 'running',
    );
    if (stopped.length === 0) {
      yield* console.info('No stopped containers');
      return 0;
    }
    yield* console.out(`Going to remove ${stopped.map((each) => each.name).join(', ')}\n`);
    if (!parsed.flags.has('--force') && !(yield* agrees(proc))) return 0;
    const volumes = parsed.flags.has('--volumes');
    const whole = yield* forEach(
      new Progress(console),
      'Removing',
      stopped,
      (each) => engine.removeContainer(each.id, { volumes }),
      console,
    );
    return whole ? 0 : 1;
  },
};

function* agrees(proc: Proc): Sys<boolean> {
  yield* proc.write(1, 'Are you sure? [yN] ');
  const answer = yield* proc.read(0, 1024);
  return answer.ok && /^y(es)?\s*$/i.test(decodeUtf8(answer.value));
}
