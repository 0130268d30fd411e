import type { FromMachine } from '../../lab/messages.ts';
import type { Wall } from '../session/machine.ts';
import { EchoReceiver, LANE_HEARD, type LANE_OPEN } from './echo-lane.ts';
// oxlint-disable-next-line import/default -- Vite makes the export of a `?worker` import
import MachineWorker from './machine.worker.ts?worker';

/** Starts the worker in which the machine runs: a file of its own, which loads beside the page. */
export function startMachine(): Wall {
  // The worker knows the lane by its own name.
  const name = `bridgewalk machine ${Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')}`;
  let hear: (message: FromMachine) => void = () => {};
  const echo = new EchoReceiver(
    name,
    (message) => hear(message),
    () => worker.postMessage(LANE_HEARD),
  );
  const worker = new MachineWorker({ name });
  // The machine says nothing before it is started, but the lane may be open by then.
  worker.addEventListener('message', ({ data }: MessageEvent<FromMachine | typeof LANE_OPEN>) => echo.hear(data));
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => {
      hear = listener;
    },
  };
}
