import type { Subject } from '../../session/subject.ts';
import type { Font } from '../layout/measure.ts';
import type { Point } from '../layout/geometry.ts';

export type PacketTone = 'arp' | 'icmp' | 'dns' | 'tcp' | 'udp' | 'http' | 'rst' | 'other';

/** Colours by what they are for; the scheme says which they are. A packet's: to fill with, to write on that, to write elsewhere. */
export type Tone =
  | 'paper'
  | 'surface'
  | 'host'
  | 'lan'
  | 'ink'
  | 'quiet'
  | 'line'
  | 'edge'
  | 'wire'
  | 'accent'
  | 'accent-soft'
  | 'on-accent'
  | 'good'
  | 'warn'
  | 'bad'
  | 'bad-soft'
  | PacketTone
  | `on-${PacketTone}`
  | `${PacketTone}-text`;

/**
 * What a picture is made of: painted on the canvas, or written as SVG. Each shape has an id by which the painter knows it again when it
 * has moved.
 */
export type Shape = BoxShape | LineShape | TextShape | DiscShape;

interface AnyShape {
  readonly id: string;
  /** What a pointer at it means. */
  readonly subject?: Subject | null;
  readonly alpha?: number;
  /** It belongs to a moment, and is there at once whatever moves around it. */
  readonly sudden?: boolean;
}

export interface BoxShape extends AnyShape {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill: Tone | null;
  readonly stroke?: Tone;
  readonly thickness?: number;
  readonly dashed?: boolean;
}

export interface LineShape extends AnyShape {
  readonly kind: 'line';
  readonly points: readonly Point[];
  readonly stroke: Tone;
  readonly thickness: number;
  readonly dashed?: boolean;
  /** Radius of its corners. */
  readonly corner?: number;
}

export interface TextShape extends AnyShape {
  readonly kind: 'text';
  readonly x: number;
  /** The middle of its line. */
  readonly y: number;
  readonly text: string;
  readonly font: Font;
  readonly tone: Tone;
  readonly align?: 'start' | 'middle' | 'end';
}

export interface DiscShape extends AnyShape {
  readonly kind: 'disc';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: Tone | null;
  readonly stroke?: Tone;
  readonly thickness?: number;
}
