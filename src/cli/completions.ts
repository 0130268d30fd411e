import type { Completion } from '../shell/interactive/completion.ts';
import { complete } from './complete.ts';
import { completeCompose } from './compose/v1/complete.ts';
import { Cli } from './docker/cli.ts';
import { dockerCommand } from './docker.ts';
import { PLUGINS } from './plugins.ts';

const docker = dockerCommand(PLUGINS);

/** Programs whose words the host's bash completes, as their completion scripts would. */
export const COMPLETIONS: ReadonlyMap<string, Completion> = new Map<string, Completion>([
  ['docker', (words, index, proc) => complete(new Cli(proc), docker, words.slice(1, index + 1))],
  ['docker-compose', (words, index, proc) => completeCompose(words.slice(1, index + 1), proc)],
]);
