import type { Duration } from '../../../sim/clock.ts';
import type { NetnsOptions } from '../netns.ts';
import { Netns } from '../netns.ts';
import { Bridge } from './bridge.ts';
import { connectCable, EthernetDevice } from './ethernet.ts';
import { setUp } from './lifecycle.ts';

/** A switch on a LAN: a bridge in a box of its own, with a socket for every cable and no address. */
export class LanSwitch {
  readonly netns: Netns;
  readonly bridge: Bridge;

  constructor(options: NetnsOptions) {
    this.netns = new Netns(options);
    this.netns.sysctl.bridgeNfCallIptables = false;
    this.bridge = new Bridge(this.netns, 'switch');
    setUp(this.bridge, true);
  }

  /** Plugs a card in; the port that it got. */
  plug(device: EthernetDevice, delay?: Duration): EthernetDevice {
    const port = new EthernetDevice(this.netns, `port${this.bridge.ports.length + 1}`);
    setUp(port, true);
    connectCable(port, device, delay);
    this.bridge.addPort(port);
    return port;
  }
}
