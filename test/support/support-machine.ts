import { API_ROUTES } from '../../src/dockerd/api/routes.ts';
import { startDockerd } from '../../src/dockerd/server.ts';
import { type RunResult, TestMachine } from '../../src/kernel/process/machine.fixture.ts';
import { SECOND } from '../../src/sim/clock.ts';
import { busyboxImage } from '../../src/world/images/busybox.ts';
import { APPLETS, PROGRAMS } from '../../src/world/programs.ts';

const COMPOSE = `services:
  web:
    image: busybox
    command: sleep 1000
    ports: ["8080:80"]
    volumes: ["data:/data"]
volumes:
  data: {}
`;
const HOME = '/home/user';

/** How long a command may take before it gets Ctrl+C, and after that. */
const PATIENCE = 20 * SECOND;

/** A machine with every program of the world, an engine, and something for flags to work on. */
export class SupportMachine {
  private readonly machine = new TestMachine(PROGRAMS, {
    '/usr/bin': { symlink: '/bin' },
    '/etc/passwd': { content: 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000::/home/user:/bin/bash\n' },
    '/etc/resolv.conf': { content: 'nameserver 127.0.0.1\n' },
    '/var/run': { directory: true },
    [`${HOME}/docker-compose.yml`]: { content: COMPOSE },
    [`${HOME}/file`]: { content: 'b 2\na 1\n' },
    [`${HOME}/app.env`]: { content: 'A=1\n' },
  });

  startEngine(): void {
    startDockerd(this.machine.kernel, {
      routes: () => API_ROUTES,
      images: [busyboxImage([...APPLETS.keys()], '2025-12-31T23:00:00Z')],
    });
    this.machine.pass(SECOND / 1000);
  }

  /** Runs a command to its end; one that goes on gets Ctrl+C. A program that throws fails the test. */
  run(argv: readonly string[], { library = 'glibc' }: { readonly library?: 'glibc' | 'musl' } = {}): RunResult {
    const running = this.machine.start(argv, { cwd: HOME, library, stdin: 'n\n' });
    running.finish(PATIENCE);
    // docker passes two on to a container and gives up at the third.
    for (const signal of ['SIGINT', 'SIGINT', 'SIGINT', 'SIGKILL'] as const) {
      if (running.exit !== null) break;
      running.task.signal(signal, null);
      running.finish(PATIENCE);
    }
    return running.result();
  }
}
