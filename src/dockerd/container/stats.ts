import type { Daemon } from '../daemon.ts';
import type { Container } from './container.ts';
import { MACHINE } from './settings.ts';

/**
 * What a container uses, in the API's form: its processes and what its interfaces have carried. Processor time and memory are
 * not modelled and stay 0.
 */
export function statsOf(daemon: Daemon, container: Container): Record<string, unknown> {
  const names = { name: `/${container.name}`, id: container.id };
  if (!container.running || !container.namespaces) return { ...names, read: '0001-01-01T00:00:00Z' };
  const { net } = container.namespaces;
  const cpu = {
    cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
    system_cpu_usage: daemon.kernel.queue.now,
    online_cpus: MACHINE.processors,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
  const ownNetwork = net !== daemon.kernel.netns;
  const interfaces = net.devices.all().filter((device) => device !== net.loopback);
  return {
    ...names,
    read: daemon.timestamp(),
    preread: daemon.timestamp(),
    pids_stats: { current: container.tasks.length, limit: Number(container.hostConfig['PidsLimit']) || undefined },
    blkio_stats: {},
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpu,
    precpu_stats: cpu,
    memory_stats: { usage: 0, limit: Number(container.hostConfig['Memory']) || MACHINE.memory },
    ...(ownNetwork && {
      networks: Object.fromEntries(
        interfaces.map((device) => [
          device.name,
          {
            rx_bytes: device.rxBytes,
            rx_packets: device.rxPackets,
            rx_errors: 0,
            rx_dropped: device.rxDropped,
            tx_bytes: device.txBytes,
            tx_packets: device.txPackets,
            tx_errors: 0,
            tx_dropped: device.txDropped,
          },
        ]),
      ),
    }),
  };
}
