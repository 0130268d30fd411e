import { containerListRoutes } from './handlers/container-list.ts';
import { containerRoutes } from './handlers/containers.ts';
import { eventRoutes } from './handlers/events.ts';
import { fileRoutes } from './handlers/files.ts';
import { imageRoutes } from './handlers/images.ts';
import { networkRoutes } from './handlers/networks.ts';
import { statsRoutes } from './handlers/stats.ts';
import { streamRoutes } from './handlers/streams.ts';
import { swarmRoutes } from './handlers/swarm.ts';
import { systemRoutes } from './handlers/system.ts';
import { topRoutes } from './handlers/top.ts';
import { volumeRoutes } from './handlers/volumes.ts';
import type { Route } from './router.ts';

/** The engine's whole API. */
export const API_ROUTES: readonly Route[] = [
  ...containerListRoutes,
  ...containerRoutes,
  ...streamRoutes,
  ...fileRoutes,
  ...topRoutes,
  ...statsRoutes,
  ...networkRoutes,
  ...imageRoutes,
  ...volumeRoutes,
  ...eventRoutes,
  ...systemRoutes,
  ...swarmRoutes,
];
