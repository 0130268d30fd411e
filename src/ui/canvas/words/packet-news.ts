import type { Catalog, Language } from '../../words/catalog.ts';
import type { Beat, Move } from '../playhead/beat.ts';

interface Words {
  readonly packets: (count: number) => string;
  readonly moreDropped: (count: number) => string;
}

const WORDS: Catalog<Words> = {
  en: {
    packets: (count) => (count === 1 ? '1 packet.' : `${count} packets.`),
    moreDropped: (count) => (count === 1 ? '1 more was dropped.' : `${count} more were dropped.`),
  },
  ja: {
    packets: (count) => `パケット ${count} 個。`,
    moreDropped: (count) => `破棄されたものが、ほかに ${count} 個あります。`,
  },
};

/** What has become of the packets of some beats, in few words: how many they were, and the last drop with its reason. */
export function packetNews(beats: readonly Beat[], say: (move: Move) => string, language: Language): string {
  const words = WORDS[language];
  const moves = beats.flatMap((beat) => beat.moves).filter(({ packet }) => packet !== null);
  const dropped = moves.filter(({ end }) => end === 'dropped');
  const last = dropped.at(-1);
  if (moves.length === 0) return '';
  return [
    words.packets(new Set(moves.map(({ journey }) => journey)).size),
    ...(last ? [say(last)] : []),
    ...(dropped.length > 1 ? [words.moreDropped(dropped.length - 1)] : []),
  ].join(' ');
}
