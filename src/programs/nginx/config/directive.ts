/** Where a directive may stand. */
export type Context =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'upstream'
  | 'if'
  | 'limit_except'
  | 'types'
  | 'map';

/** A directive of the configuration, checked, with what its block holds. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly block: readonly Directive[] | null;
}

/** The last directive of a name in a block; those of blocks further in are not looked at. */
export function find(block: readonly Directive[], name: string): Directive | undefined {
  return block.findLast((each) => each.name === name);
}

export function findAll(block: readonly Directive[], name: string): readonly Directive[] {
  return block.filter((each) => each.name === name);
}
