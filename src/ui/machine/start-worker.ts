import type { FromMachine } from '../../lab/messages.ts';
import { Machine } from '../session/machine.ts';
// oxlint-disable-next-line import/default -- Vite makes the export of a `?worker` import
import MachineWorker from './machine.worker.ts?worker&inline';

/** Starts the worker in which the machine runs; inlined, so that it also works from a disk. */
export function startMachine(): Machine {
  const worker = new MachineWorker({ name: 'bridgewalk machine' });
  return new Machine({
    post: (message) => worker.postMessage(message),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<FromMachine>) => listener(data)),
  });
}
