import type { ConntrackSideView } from '../../../lab/view/lab-view.ts';

/** An address, with its port where the protocol has ports. */
export const endText = (address: string, port: number): string => (port === 0 ? address : `${address}:${port}`);

/** `192.168.0.1:51824 → 192.168.0.10:1234`, as the trace's rows have it. */
export const sideText = ({ source, sourcePort, destination, destinationPort }: ConntrackSideView): string =>
  `${endText(source, sourcePort)} → ${endText(destination, destinationPort)}`;
