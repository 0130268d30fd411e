import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/result.ts';
import { SECOND } from '../../sim/clock.ts';
import { ipv4 } from '../../wire/address.ts';
import { TestMachine } from './machine.fixture.ts';
import { PidNamespace } from './namespaces.ts';
import { say, TEST_PROGRAMS } from './test-programs.fixture.ts';

describe('namespaces', () => {
  function machineWithContainer() {
    const machine = new TestMachine(
      {
        ...TEST_PROGRAMS,
        *names(proc) {
          const links = proc.net.links().map(({ name }) => name);
          yield* say(proc, [proc.hostname(), links, proc.processes().map(({ argv }) => argv[0]), proc.library]);
          return 0;
        },
        *enter(proc) {
          const namespaces = proc.argv.slice(2) as ('net' | 'pid' | 'uts')[];
          const child = yield* proc.spawn({
            run: { path: '/bin/names' },
            argv: ['names'],
            enter: { pid: Number(proc.argv[1]), namespaces },
          });
          if (!child.ok) yield* say(proc, child.error);
          else yield* proc.wait(child.value);
          return 0;
        },
      },
      { '/etc/passwd': { content: 'root:x:0:0::/root:/bin/sh\nweb:x:101:101::/:/bin/false\n' } },
    );
    const { kernel } = machine;
    const host = kernel.hostNamespaces;
    const net = kernel.createNetns('c1');
    net.admin.addLink({ name: 'eth0', kind: 'dummy' });
    const namespaces = { ...host, net, pids: new PidNamespace(host.pids), uts: { hostname: 'c1' } };
    const first = machine.start(['sleep', '1000'], { namespaces, uid: 101 });
    machine.pass(SECOND);
    return { machine, pid: String(first.task.pids.get(host.pids)), namespaces };
  }

  it('decide what a process sees', () => {
    const { machine, namespaces } = machineWithContainer();
    expect(machine.run(['names']).out).toBe('["ubuntu",["lo"],["/sbin/init","sleep","names"],"glibc"]\n');
    expect(machine.run(['names'], { namespaces: { ...namespaces, library: 'musl' } }).out).toBe(
      '["c1",["lo","eth0"],["sleep","names"],"musl"]\n',
    );
  });

  it('can be entered one by one, by root', () => {
    const { machine, pid } = machineWithContainer();
    expect(machine.run(['enter', pid, 'net']).out).toBe(
      '["ubuntu",["lo","eth0"],["/sbin/init","sleep","enter","names"],"glibc"]\n',
    );
    expect(machine.run(['enter', pid, 'net', 'pid', 'uts']).out).toBe(
      '["c1",["lo","eth0"],["sleep","names"],"glibc"]\n',
    );
    expect(machine.run(['enter', pid, 'net'], { uid: 1000 }).out).toBe('EPERM\n');
    expect(machine.run(['enter', '999', 'net']).out).toBe('ESRCH\n');
  });

  it('name users as the files of the one who asks do', () => {
    const { machine } = machineWithContainer();
    const watcher = machine.start(['sleep', '1'], { uid: 7 });
    const users = watcher.task.calls.processes().map(({ user }) => user);
    expect(users).toEqual(['root', 'web', '7']);
  });
});

describe('the trace', () => {
  it('says that a process started, and that what it sends came of it', () => {
    const machine = new TestMachine({
      *client(proc) {
        proc.net.setLink('lo', { up: true });
        const socket = unwrap(yield* proc.socket('inet', 'stream'));
        yield* proc.connect(socket, { family: 'inet', address: ipv4('127.0.0.1'), port: 9 });
        return 3;
      },
    });
    machine.run(['client']);
    const records = [...machine.queue.trace.since()];
    const started = records.find(({ place }) => place.placeName.startsWith('ubuntu:client['));
    expect(started).toMatchObject({ detail: 'started', because: ['client'] });
    const sent = records.find(({ packet }) => packet !== null && packet !== undefined);
    const origins = new Set<number>();
    for (let at = sent?.id ?? -1; at >= 0; at = machine.queue.trace.read(at)?.cause ?? -1) origins.add(at);
    expect(origins.has(started?.id ?? -2)).toBe(true);
    expect(
      records.some(({ detail, because }) => detail === 'exited' && (because as { status: number }).status === 3),
    ).toBe(true);
  });
});
