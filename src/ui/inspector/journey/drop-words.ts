import type { Catalog } from '../../words/catalog.ts';
import { ENGLISH_DROPS } from './drop-words-en.ts';
import { JAPANESE_DROPS } from './drop-words-ja.ts';

/** Why a packet ended, for people: what happened, why that is so, and what can be done. Code stands between backticks. */
export interface DropWords {
  /** The reason in a word or two, for lists. */
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** By the machine's own words for the reason, as drop records carry them. */
export const DROP_WORDS: Catalog<Readonly<Record<string, DropWords>>> = { en: ENGLISH_DROPS, ja: JAPANESE_DROPS };
