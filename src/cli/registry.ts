import { anyArguments } from './command/argument-rule.ts';
import type { Command } from './command/command.ts';
import { bool, list, string } from './command/flag.ts';
import { DOCKER_COMMANDS } from './docker/commands.ts';

/** The flags before the command. TLS and other hosts are for engines elsewhere, which this host doesn't have. */
export const GLOBAL_FLAGS = {
  config: string('Folder of client config files', { initial: '/home/user/.docker' }),
  context: string('Context to connect with', { short: 'c' }),
  debug: bool('Debug mode', { short: 'D' }),
  host: list('Engine to connect to (unix:///var/run/docker.sock alone is here)', { short: 'H' }),
  'log-level': string('Level of logging ("debug", "info", "warn", "error", "fatal")', { short: 'l', initial: 'info' }),
  version: bool('Print the version and quit', { short: 'v' }),
} as const;

/** The whole declared command line: what help, completion and the page of supported commands are made of. */
export const DOCKER: Command = {
  name: 'docker',
  use: 'docker [OPTIONS] COMMAND [ARG...]',
  short: 'Containers, images and networks on this simulated host',
  aliases: [],
  paths: [],
  args: anyArguments,
  flags: GLOBAL_FLAGS,
  interspersed: false,
  commands: DOCKER_COMMANDS,
};

export interface RegistryEntry {
  /** `docker network create`. */
  readonly path: string;
  readonly command: Command;
}

/** Every command that does something, with its path. */
export function declaredCommands(root: Command = DOCKER, path = root.name): readonly RegistryEntry[] {
  return root.commands.flatMap((command) => {
    const below = `${path} ${command.name}`;
    return command.commands.length > 0 ? declaredCommands(command, below) : [{ path: below, command }];
  });
}
