import type { FromMachine } from '../../lab/messages.ts';
import type { Wall } from '../session/machine.ts';
// oxlint-disable-next-line import/default -- Vite makes the export of a `?worker` import
import MachineWorker from './machine.worker.ts?worker';

/** Starts the worker in which the machine runs: a file of its own, which loads beside the page. */
export function startMachine(): Wall {
  const worker = new MachineWorker({ name: 'bridgewalk machine' });
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<FromMachine>) => listener(data)),
  };
}
