import type { Result } from '../../../../base/result.ts';
import type { Ipv4 } from '../../../../wire/address.ts';
import type { Complaint, Words } from '../command/options.ts';
import type { Match } from '../rule.ts';

/** What a match needs to know of the rule and of the namespace around it. */
export interface MatchContext {
  /** The number of `-p`; 0: none. */
  readonly protocol: number;
  addressType(address: Ipv4): string;
}

/** A match extension (`-m name`): it reads its options one after the other and makes the test. */
export interface MatchExtension {
  readonly name: string;
  /** Starts reading: one reader for each use of the extension in a rule. */
  begin(context: MatchContext): MatchReader;
}

export interface MatchReader {
  /** Takes an option if it is one of its own; `not`: a `!` stood in front. */
  option(name: string, not: boolean, words: Words): Result<boolean, Complaint>;
  /** The test, when all options are read; the complaint when one is missing. */
  end(): Result<Match, Complaint>;
}
