import type { Kernel } from '../../kernel.ts';
import type { Namespaces } from '../../process/namespaces.ts';

/** What the lab host is: what its recordings say of processors and memory. */
export const PROCESSORS = 2;
export const MEMORY_KIB = 4 * 2 ** 20;
export const RELEASE = '6.18.44';

/** The files of /proc that tell of the machine as a whole, by name (proc(5)). */
export function machineFiles(kernel: Kernel, { pids }: Namespaces): ReadonlyMap<string, () => string> {
  const seconds = () => (kernel.queue.now / 1e9).toFixed(2);
  const running = () => [...pids.tasks.values()].filter(({ state }) => state === 'R').length;
  const processor = (number: number) =>
    `processor\t: ${number}\nvendor_id\t: bridgewalk\nmodel name\t: simulated processor\ncpu cores\t: ${PROCESSORS}\n\n`;
  return new Map([
    ['cpuinfo', () => Array.from({ length: PROCESSORS }, (_, number) => processor(number)).join('')],
    ['filesystems', () => 'nodev\tproc\nnodev\tsysfs\nnodev\ttmpfs\nnodev\toverlay\n\text4\n'],
    ['loadavg', () => `0.00 0.00 0.00 ${running()}/${pids.tasks.size} ${Math.max(0, ...pids.tasks.keys())}\n`],
    [
      'meminfo',
      () =>
        `${memoryLine('MemTotal', MEMORY_KIB)}${memoryLine('MemFree', MEMORY_KIB / 2)}${memoryLine('MemAvailable', MEMORY_KIB / 2)}`,
    ],
    ['uptime', () => `${seconds()} ${seconds()}\n`],
    ['version', () => `Linux version ${RELEASE} (bridgewalk) #1 SMP\n`],
  ]);
}

const memoryLine = (name: string, kib: number) => `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`;
