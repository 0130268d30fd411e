import { anyArguments } from './argument-rule.ts';
import { defineCommand, type Command } from './command.ts';

/** A verb that docker has and this host doesn't: known by name and help, and one line says what there is instead. */
export function notModelled(declaration: {
  readonly use: string;
  readonly short: string;
  /** Behind `docker push: `. */
  readonly instead: string;
  readonly top?: string;
  readonly common?: number;
}): Command {
  const { instead, ...rest } = declaration;
  return {
    ...defineCommand({
      ...rest,
      args: anyArguments,
      interspersed: false,
      *run({ cli, path }) {
        return yield* cli.fail(`${path}: ${instead}`);
      },
    }),
    refused: instead,
  };
}
