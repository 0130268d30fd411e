import type { LabView } from '../../../lab/view/lab-view.ts';
import type { Language } from '../../words/catalog.ts';
import { STORY_WORDS } from './story-words.ts';

/** What people call the places of the picture: a port by its number, a container by its name. */
export class PlaceNames {
  constructor(
    private readonly view: LabView,
    private readonly language: Language,
  ) {}

  namespace(id: string): string {
    return this.view.containers[id]?.name ?? this.view.namespaces[id]?.name ?? id.slice(0, 12);
  }

  device(namespace: string, name: string): string {
    const words = STORY_WORDS[this.language];
    const device = this.view.namespaces[namespace]?.devices[name];
    const port = device?.master ? this.portNumber(namespace, name) : null;
    if (device?.master && port !== null) return words.portOf(port, device.master);
    if (device?.kind === 'bridge') return name;
    return words.deviceOf(name, this.namespace(namespace));
  }

  /** Ports are counted as the picture numbers them: by the age of their devices. */
  private portNumber(namespace: string, name: string): number | null {
    const devices = Object.values(this.view.namespaces[namespace]?.devices ?? {});
    const master = devices.find((device) => device.name === name)?.master;
    const ports = devices.filter((device) => device.master === master).sort((a, b) => a.index - b.index);
    const at = ports.findIndex((device) => device.name === name);
    return at < 0 ? null : at + 1;
  }

  /** The program that listens at a port there; null where nobody is known to. */
  listener(namespace: string, protocol: string, port: number): string | null {
    const socket = this.view.namespaces[namespace]?.sockets.find(
      (each) => each.protocol === protocol && each.local.endsWith(`:${port}`) && each.program !== null,
    );
    return socket?.program ?? null;
  }
}
