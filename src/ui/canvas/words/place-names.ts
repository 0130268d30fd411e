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
    if (device?.master && device.portNumber !== null) return words.portOf(device.portNumber, device.master);
    if (device?.kind === 'bridge') return name;
    return words.deviceOf(name, this.namespace(namespace));
  }

  /** The program that listens at a port there; null where nobody is known to. */
  listener(namespace: string, protocol: string, port: number): string | null {
    const socket = this.view.namespaces[namespace]?.sockets.find(
      (each) => each.protocol === protocol && each.local.endsWith(`:${port}`) && each.program !== null,
    );
    return socket?.program ?? null;
  }
}
