/** How many arguments a command takes, and docker's words where that isn't met (docker/cli cli/required.go). */
export interface ArgumentRule {
  readonly least: number;
  readonly most: number;
}

export const noArguments: ArgumentRule = { least: 0, most: 0 };
export const anyArguments: ArgumentRule = { least: 0, most: Number.POSITIVE_INFINITY };

export function atLeast(least: number): ArgumentRule {
  return { least, most: Number.POSITIVE_INFINITY };
}

export function atMost(most: number): ArgumentRule {
  return { least: 0, most };
}

export function exactly(count: number): ArgumentRule {
  return { least: count, most: count };
}

export function between(least: number, most: number): ArgumentRule {
  return { least, most };
}

/** What is wrong with this many arguments for the command `path`; null where nothing is. */
export function argumentError(rule: ArgumentRule, count: number, path: string, useLine: string): string | null {
  const { least, most } = rule;
  if (count >= least && count <= most) return null;
  // `docker rm` and its like say "See", the others say "Run".
  const more = (verb: string): string => `\n\nUsage:  ${useLine}\n\n${verb} '${path} --help' for more information`;
  const needs = (words: string, verb = 'Run'): string => `docker: '${path}' ${words}${more(verb)}`;
  if (most === 0) return needs('accepts no arguments');
  if (least === most) return needs(`requires ${least} ${plural(least)}`);
  if (most === Number.POSITIVE_INFINITY) return needs(`requires at least ${least} ${plural(least)}`, 'See');
  if (least === 0) return needs(`requires at most ${most} ${plural(most)}`, 'SRun');
  return needs(`requires at least ${least} and at most ${most} ${plural(most)}`);
}

function plural(count: number): string {
  return count === 1 ? 'argument' : 'arguments';
}
