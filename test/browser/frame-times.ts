import type { Browser, Page } from 'playwright-core';

/** What the page's script took of a frame in which the picture was painted, in milliseconds. */
export interface FrameTime {
  /** As a clock on the wall has it: with what the machine did for others meanwhile. */
  readonly wall: number;
  /** What the processor spent on it. */
  readonly processor: number;
  /** How many packets were to be seen. */
  readonly packets: number;
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** Microseconds, all three. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

interface Stage {
  readonly places: { readonly count: number };
  readonly lastFrame: number | null;
}

/** From now on every callback of a frame leaves a mark in the trace: of which frame, whether it painted, and with how many packets. */
export async function markFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const original = requestAnimationFrame.bind(globalThis);
    const { stage } = document.querySelector('bw-picture') as unknown as { stage: Stage };
    globalThis.requestAnimationFrame = (callback) =>
      original((now) => {
        const { lastFrame } = stage;
        callback(now);
        const painted = stage.lastFrame !== lastFrame;
        performance.mark(`of a frame|${now}|${painted ? stage.places.count : ''}`);
        performance.clearMarks();
      });
  });
}

/** The frames that were painted while something went on; wants `markFrames` before. */
export async function framesDuring(
  browser: Browser,
  page: Page,
  going: () => Promise<unknown>,
): Promise<readonly FrameTime[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing'] });
  await going();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const callbacks = traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const frames = new Map<string, { wall: number; processor: number; packets: number | null }>();
  for (const mark of traceEvents) {
    const [kind, now, packets] = mark.name.split('|');
    if (kind !== 'of a frame' || now === undefined) continue;
    const within = callbacks.find(({ tid, ts, dur = 0 }) => tid === mark.tid && ts <= mark.ts && mark.ts <= ts + dur);
    if (!within) continue;
    const frame = frames.get(now) ?? { wall: 0, processor: 0, packets: null };
    frames.set(now, frame);
    frame.wall += (within.dur ?? 0) / 1000;
    frame.processor += (within.tdur ?? 0) / 1000;
    if (packets) frame.packets = Number(packets);
  }
  // Frames in which the picture isn't painted would make the others look cheaper.
  return [...frames.values()].filter((frame): frame is FrameTime => frame.packets !== null);
}
