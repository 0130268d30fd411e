import { LabHost } from '../../lab/host/lab-host.ts';
import type { FromMachine, ToMachine } from '../../lab/messages.ts';
import { PartsHolder } from '../../lab/parts.ts';
import { EchoSender, LANE_HEARD } from './echo-lane.ts';
import { Pace } from './pace.ts';

/** The worker in which the machine runs: hears the page, and gives the machine its turns by the wall clock. */

/** Between two turns when nothing is due at once, and between two reports, in milliseconds. */
const IDLE = 8;
const BETWEEN_REPORTS = 16;
const BETWEEN_REPORTS_BUSY = 60;

/** The rest of the machine is loaded after the first prompt; without one it comes all the same, in milliseconds. */
const PATIENCE = 3000;
/** What comes before the first prompt, and needs no more than is there. Anything else wants the rest at once. */
const EARLY: readonly ToMachine['do'][] = ['start', 'open-terminal', 'resize', 'look', 'exercise'];

const echo = new EchoSender(self.name, (message) => postMessage(message));
const say = (message: FromMachine) => echo.say(message);
const host = new LabHost(say, new PartsHolder(null));
const pace = new Pace(host, () => performance.now(), say);
let started = false;
let loading: Promise<unknown> | null = null;
let lastReport = 0;
/** How long the last report took: what is dear is done less often. */
let reportCost = 0;

/** Loads what the first prompt doesn't need. */
function load(): void {
  loading ??= import('./late-parts.ts').then(
    ({ PARTS }) => guarded(() => host.fill(PARTS)),
    (error: unknown) => say({ say: 'fault', message: String(error) }),
  );
}

addEventListener('message', ({ data }: MessageEvent<ToMachine | typeof LANE_HEARD>) => {
  if (data === LANE_HEARD) {
    echo.heard();
    return;
  }
  try {
    host.hear(data);
  } catch (error) {
    say({ say: 'fault', message: String(error) });
  }
  pace.stir();
  // A key's echo doesn't wait for the next turn.
  if (started && data.do === 'type') guarded(() => pace.turn());
  if (!EARLY.includes(data.do)) load();
  if (started || data.do !== 'start') return;
  started = true;
  // A saved session is played with all parts.
  setTimeout(load, data.from.log.length > 0 ? 0 : PATIENCE);
  turn();
});

function turn(): void {
  const busy = guarded(() => pace.turn()) ?? false;
  const now = performance.now();
  if (now - lastReport >= Math.max(busy ? BETWEEN_REPORTS_BUSY : BETWEEN_REPORTS, 4 * reportCost)) {
    guarded(() => host.report());
    lastReport = performance.now();
    reportCost = lastReport - now;
  }
  setTimeout(turn, busy ? 0 : IDLE);
}

function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    say({ say: 'fault', message: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) });
    return undefined;
  }
}
