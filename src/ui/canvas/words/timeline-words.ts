import type { Catalog } from '../../words/catalog.ts';

/** Texts of the playhead's controls. */
export interface TimelineWords {
  readonly playhead: string;
  readonly firstBeat: string;
  readonly hopBack: string;
  readonly play: string;
  readonly pause: string;
  readonly hopForward: string;
  readonly nextPacket: string;
  readonly nextCommand: string;
  readonly scrub: string;
  readonly speed: string;
  readonly follow: string;
  readonly followHint: string;
  readonly hold: string;
  readonly holdHint: string;
  readonly live: string;
  readonly liveHint: string;
  readonly nothingYet: string;
  readonly hopOf: (position: number, length: number) => string;
}

export const TIMELINE_WORDS: Catalog<TimelineWords> = {
  en: {
    playhead: 'Playhead',
    firstBeat: 'To the beginning',
    hopBack: 'One hop back',
    play: 'Play',
    pause: 'Pause',
    hopForward: 'One hop forward',
    nextPacket: 'To the next packet',
    nextCommand: 'To the next command',
    scrub: 'Place in the story',
    speed: 'Speed',
    follow: 'Follow',
    followHint: 'Show the selected packet, and the others faintly',
    hold: 'Hold',
    holdHint: 'The machine moves only as the picture does; the terminal waits with it',
    live: 'Now',
    liveHint: 'Back to what is happening now',
    nothingYet: 'no packets yet',
    hopOf: (position, length) => `hop ${position} of ${length}`,
  },
  ja: {
    playhead: '再生の操作',
    firstBeat: '最初へ',
    hopBack: '1 ホップ戻る',
    play: '再生',
    pause: '一時停止',
    hopForward: '1 ホップ進む',
    nextPacket: '次のパケットへ',
    nextCommand: '次のコマンドへ',
    scrub: '再生位置',
    speed: '速さ',
    follow: '追跡',
    followHint: '選んだパケットをはっきり、ほかは薄く表示します',
    hold: '同期',
    holdHint: '図が進むときだけマシンも進みます。端末もそれを待ちます',
    live: '今へ',
    liveHint: '今の状態に戻ります',
    nothingYet: 'パケットはまだありません',
    hopOf: (position, length) => `${length} ホップ中 ${position}`,
  },
};
