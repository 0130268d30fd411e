import { COMPOSE, dockerComposePlugin } from './compose/v2/docker-compose.ts';
import type { Plugin } from './dispatch.ts';

/** The plugins that the host's `docker` has. */
export const PLUGINS: ReadonlyMap<string, Plugin> = new Map([
  ['compose', { program: dockerComposePlugin, short: COMPOSE.short, command: COMPOSE }],
]);
