import { Veth } from '../../kernel/net/link/veth.ts';
import { Trace, TraceKind } from '../../sim/trace.ts';
import type { Lab, TerminalId } from '../lab.ts';
import { wholeLab } from '../whole.ts';
import { replayLog } from '../replay-log.ts';
import type { Measured, Prepared, Workload } from './workload.ts';

const SECOND = 1e9;
/** No step of these sessions takes longer. */
const LONGEST = 600 * SECOND;
/** What a shell prints when a step is over. */
const DONE = '--done--';

/** A lab with a folder `p` that has a compose file, somebody at its terminal, and what the terminal has shown. */
class Session {
  readonly lab: Lab;
  private readonly terminal: TerminalId;
  private shown = '';

  constructor(services: number, trace: Trace) {
    this.lab = wholeLab({ seed: 1, files: filesFor(services), trace });
    this.terminal = this.lab.openTerminal({
      columns: 160,
      rows: 60,
      cwd: `${this.lab.home}/p`,
      onOutput: (text) => {
        this.shown += text;
      },
    });
  }

  /** Types a line and waits until it has been carried out; what it printed. */
  run(line: string): string {
    this.shown = '';
    const from = this.lab.now;
    this.lab.type(this.terminal, `${line}; echo --"done"--\r`);
    while (!this.shown.includes(DONE) && this.lab.now - from < LONGEST) this.lab.advance(0.1 * SECOND);
    return this.shown;
  }
}

function filesFor(services: number): Record<string, string> {
  const names = Array.from({ length: services }, (_, i) => `  s${i + 1}:\n    image: busybox\n    tty: true\n`);
  return { 'p/docker-compose.yml': `version: "3"\nservices:\n${names.join('')}` };
}

/** A trace that is off keeps no records, so it needs no room for them. */
const traceFor = (traced: boolean) => new Trace(traced ? {} : { enabled: false, capacity: 1 });

/** The cables that a session's frames cross: counted once, in its trace, since every run is the same. */
function countHops(play: (trace: Trace) => void): number {
  const trace = new Trace({ capacity: 1 << 20 });
  play(trace);
  if (trace.dropped > 0) throw new Error('the session is too long to count its hops');
  return [...trace.since()].filter(({ kind, place }) => kind === TraceKind.transmit && place instanceof Veth).length;
}

/** A session that is typed once and then played again from its log, as undo, sharing and checks do. */
function replayed(name: string, sizes: readonly number[], type: (session: Session, n: number) => void): Workload {
  return {
    name,
    sizes,
    prepare(n, traced): Prepared {
      const session = new Session(n, traceFor(false));
      type(session, n);
      const { log, now } = session.lab;
      const replay = (trace: Trace) => {
        const lab = wholeLab({ seed: 1, files: filesFor(n), trace });
        const ended = replayLog(lab, { log, time: now, onOutput() {}, onExercise() {}, onTime() {} });
        if (!ended.ok) throw new Error(ended.error);
        return lab;
      };
      const hops = countHops(replay);
      return {
        reset() {},
        run(): Measured {
          const lab = replay(traceFor(traced));
          return { hops, events: lab.world.queue.fired, delivered: lab.log.length };
        },
      };
    },
  };
}

export const w7 = replayed('W7', [2, 20, 200], (session) => {
  session.run('docker-compose up -d');
});

/** What somebody does who works through an exercise: a project comes up, is looked at, talks, and goes down. */
export const w8 = replayed('W8', [2], (session) => {
  for (const line of [
    'docker-compose up -d',
    'docker-compose ps',
    'docker network ls',
    'docker network inspect p_default',
    'docker-compose exec s1 hostname -i',
    'docker-compose exec s2 ping -c 3 s1',
    'docker-compose exec -d s1 nc -lp 8888',
    'docker-compose exec s2 sh -c "echo test | nc -w 1 s1 8888"',
    'docker-compose exec s2 nslookup s1',
    'docker-compose exec s2 cat /etc/resolv.conf',
    'docker-compose down -t 0',
    'docker network ls',
  ])
    session.run(line);
});

/** A project comes up, everybody pings everybody by name, and it goes down. */
export const w9: Workload = {
  name: 'W9',
  sizes: [20],
  prepare(n, traced): Prepared {
    const all = `$(seq ${n})`;
    const pings = `for j in ${all}; do ping -c 1 -W 1 s$j; done`;
    const play = (trace: Trace) => {
      const session = new Session(n, trace);
      session.run('docker-compose up -d');
      const said = session.run(`for i in ${all}; do docker exec p_s\${i}_1 sh -c '${pings}'; done`);
      session.run('docker-compose down -t 0');
      return { answers: said.split('1 packets received').length - 1, events: session.lab.world.queue.fired };
    };
    const hops = countHops(play);
    return {
      reset() {},
      run(): Measured {
        const { answers, events } = play(traceFor(traced));
        return { hops, events, delivered: answers };
      },
    };
  },
};
