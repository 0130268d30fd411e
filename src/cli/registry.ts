import { anyArguments } from './command/argument-rule.ts';
import type { Command } from './command/command.ts';
import { bool, list, string } from './command/flag.ts';
import { DOCKER_COMMANDS } from './docker/commands.ts';

const ELSEWHERE = 'this host reaches no engine but its own';

/** The flags before the command. TLS and other hosts are for engines elsewhere, which this host doesn't have. */
export const GLOBAL_FLAGS = {
  config: string('Folder of client config files', { initial: '/home/user/.docker', limit: 'no such file is read' }),
  context: string('Context to connect with', { short: 'c', limit: '"default" alone is here' }),
  debug: bool('Debug mode', { short: 'D', limit: 'without effect' }),
  host: list('Engine to connect to (unix:///var/run/docker.sock alone is here)', { short: 'H', limit: ELSEWHERE }),
  'log-level': string('Level of logging ("debug", "info", "warn", "error", "fatal")', {
    short: 'l',
    initial: 'info',
    limit: 'without effect',
  }),
  tls: bool('Use TLS', { refused: ELSEWHERE }),
  tlscacert: string('Certificates of authorities', { refused: ELSEWHERE }),
  tlscert: string('Certificate', { refused: ELSEWHERE }),
  tlskey: string('Key', { refused: ELSEWHERE }),
  tlsverify: bool('Use TLS and check the other side', { refused: ELSEWHERE }),
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
