import type { FromMachine } from '../../lab/messages.ts';

/**
 * A way for what terminals show, beside that for all else. Chromium lets a worker's messages wait after a key until the next frame has
 * been drawn (DeferRendererTasksAfterInput), so that an echo would come a frame late; what comes over a broadcast channel doesn't wait.
 * Everything written to terminals goes the one way or the other, and never overtakes `begin-again`.
 */

type Output = Extract<FromMachine, { readonly say: 'output' }>;

/** What passes between both ends: output, or the sign that the lane reaches the other end. */
type OnLane = { readonly output: Output; readonly milestone: number } | 'here';

/** From the worker: output is on the lane from here on. */
export const LANE_OPEN = 'lane-open';
/** From the page: the lane has been heard. */
export const LANE_HEARD = 'lane-heard';

/** What output doesn't overtake. */
const isMilestone = (message: FromMachine | typeof LANE_OPEN) => message === LANE_OPEN || message.say === 'begin-again';

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // A page without a storage of its own may have none: then output goes with the rest.
    return null;
  }
}

/** The worker's end. */
export class EchoSender {
  private readonly channel: BroadcastChannel | null;
  private open = false;
  private milestones = 0;

  /** @param name known to this page and its worker alone */
  constructor(
    name: string,
    private readonly post: (message: FromMachine | typeof LANE_OPEN) => void,
  ) {
    this.channel = openChannel(name);
    this.channel?.postMessage('here' satisfies OnLane);
  }

  /** The page has heard the lane. */
  heard(): void {
    this.open = true;
    this.pass(LANE_OPEN);
  }

  say(message: FromMachine): void {
    if (this.open && message.say === 'output')
      this.channel?.postMessage({ output: message, milestone: this.milestones } satisfies OnLane);
    else this.pass(message);
  }

  private pass(message: FromMachine | typeof LANE_OPEN): void {
    if (isMilestone(message)) this.milestones++;
    this.post(message);
  }
}

/** The page's end. */
export class EchoReceiver {
  private readonly early: { readonly output: Output; readonly milestone: number }[] = [];
  private milestones = 0;

  /** @param heard the worker is to be told that its lane is heard */
  constructor(
    name: string,
    private readonly listener: (message: FromMachine) => void,
    heard: () => void,
  ) {
    openChannel(name)?.addEventListener('message', ({ data }: MessageEvent<OnLane>) => {
      if (data === 'here') heard();
      else if (data.milestone === this.milestones) listener(data.output);
      else if (data.milestone > this.milestones) this.early.push(data);
      // What was written before the terminals began again is nowhere to be seen any more.
    });
  }

  /** A message that came the other way. */
  hear(message: FromMachine | typeof LANE_OPEN): void {
    if (message !== LANE_OPEN) this.listener(message);
    if (!isMilestone(message)) return;
    this.milestones++;
    while (this.early[0] && this.early[0].milestone <= this.milestones)
      this.listener((this.early.shift() as (typeof this.early)[0]).output);
  }
}
