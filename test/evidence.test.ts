import { describe, expect, it } from 'vitest';
import { fetchFrom } from '../src/lab/fetch-from.ts';
import { wholeLab } from '../src/lab/whole.ts';
import { Observer } from '../src/scenario/evidence/observer.ts';

/** What an observer makes of sessions: who talked to whom, whichever way the packets took. */
class Watched {
  readonly lab = wholeLab({ seed: 1 });
  readonly observer = new Observer(this.lab.world);

  /** Runs a command to its end, without looking meanwhile. */
  run(command: string): string {
    const running = this.lab.spawnShell({ machine: 'host', command, cwd: '/' });
    while (!running.ended()) this.lab.advance(0.05e9);
    this.lab.advance(0.5e9);
    return running.output().trim();
  }

  look() {
    this.observer.look();
    return this.observer.evidence;
  }

  id(name: string): string {
    return this.lab.world.docker.containers.list().find((container) => container.name === name)?.id ?? '';
  }
}

describe('evidence', () => {
  it('of a published port: what was dialled stands beside what was reached', () => {
    const host = new Watched();
    host.run('docker run -d --name web -p 8080:80 nginx:alpine');
    host.look();
    fetchFrom(host.lab.world.lan, 'http://192.168.0.10:8080/', () => undefined);
    host.lab.advance(1e9);
    const { conversations, requests } = host.look();
    expect(conversations).toHaveLength(1);
    expect(conversations[0]).toMatchObject({
      opener: ['lan'],
      accepter: [host.id('web')],
      dialled: { address: '192.168.0.10', port: 8080 },
      reached: { address: '172.17.0.2', port: 80 },
      seenFrom: { address: '192.168.0.1' },
      established: true,
    });
    expect(conversations[0]?.dataAt).not.toBe(null);
    expect(conversations[0]?.replyAt).not.toBe(null);
    expect(requests).toMatchObject([{ container: host.id('web'), client: '192.168.0.1', path: '/', status: 200 }]);
  });

  it('of the userland proxy: two connections, one after the other', () => {
    const host = new Watched();
    host.run('docker run -d --name web -p 8080:80 nginx:alpine');
    host.look();
    host.run('curl -s http://127.0.0.1:8080');
    expect(host.look().conversations).toMatchObject([
      { opener: ['host'], accepter: ['host'], dialled: { address: '127.0.0.1', port: 8080 } },
      { opener: ['host'], accepter: [host.id('web')], dialled: { address: '172.17.0.2', port: 80 } },
    ]);
  });

  it('of a container that came and went before anybody looked', () => {
    const host = new Watched();
    host.run('docker network create net');
    host.run('docker run -dit --name server --network net busybox');
    host.run('docker exec -d server nc -lp 8888');
    host.look();
    host.run('echo hi | docker run -i --rm --name guest --network net busybox nc -w 1 server 8888');
    const { conversations, lookups, containers } = host.look();
    const guest = [...containers.values()].find(({ name }) => name === 'guest')?.id;
    expect(host.id('guest')).toBe('');
    expect(guest).toBeDefined();
    expect(conversations).toMatchObject([{ opener: [guest], accepter: [host.id('server')] }]);
    expect(lookups).toMatchObject([{ asker: [guest], name: 'server', server: '127.0.0.11', nxDomain: false }]);
  });

  it('of names that are not there, and ports that nobody listens on', () => {
    const host = new Watched();
    host.run('docker run -dit --name one busybox');
    host.look();
    host.run('docker exec one nslookup nowhere');
    host.run('docker exec one nc 172.17.0.1 81');
    const { lookups, refusals } = host.look();
    expect(lookups).toMatchObject([{ asker: [host.id('one')], name: 'nowhere', addresses: [], nxDomain: true }]);
    expect(refusals).toMatchObject([{ opener: [host.id('one')], dialled: { address: '172.17.0.1', port: 81 } }]);
  });

  it('of what the host drops between two networks', () => {
    const host = new Watched();
    host.run('docker network create one; docker network create two');
    host.run('docker run -dit --name near --network one busybox; docker run -dit --name far --network two busybox');
    host.look();
    const address = host.run("docker inspect -f '{{.NetworkSettings.Networks.two.IPAddress}}' far");
    host.run(`docker exec near ping -c 1 -W 1 ${address}`);
    expect(host.look().drops).toMatchObject([{ destination: address, port: 0 }]);
  });

  it('of everybody on the host network: they live in one namespace', () => {
    const host = new Watched();
    host.run('docker run -dit --name aa --network host busybox; docker run -dit --name bb --network host busybox');
    host.look();
    host.run('docker exec -d aa nc -lp 8888');
    host.run('echo hi | docker exec -i bb nc -w 1 127.0.0.1 8888');
    const everybody = ['host', host.id('aa'), host.id('bb')].toSorted();
    const [talk] = host.look().conversations;
    expect([talk?.opener.toSorted(), talk?.accepter.toSorted()]).toEqual([everybody, everybody]);
  });

  it('is due when the engine has done something, and not before', () => {
    const host = new Watched();
    host.look();
    expect(host.observer.isDue).toBe(false);
    host.run('true');
    expect(host.observer.isDue).toBe(false);
    host.run('docker network create net');
    expect(host.observer.isDue).toBe(true);
    host.look();
    expect(host.observer.isDue).toBe(false);
  });

  it('is the same for the same session', () => {
    const session = () => {
      const host = new Watched();
      host.run('docker run -d --name web -p 8080:80 nginx:alpine');
      host.run('curl -s http://localhost:8080 http://192.168.0.10:8080/missing');
      const { containers, ...rest } = host.look();
      return JSON.stringify([rest, [...containers.keys()]]);
    };
    expect(session()).toBe(session());
  });
});
