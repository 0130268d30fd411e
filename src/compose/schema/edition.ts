import { type Shape } from './shape.ts';

/** Whose reading of a Compose file: docker-compose 1.29.2's alone, or all that it or docker compose takes. */
export type Edition = '1.29.2' | 'either';

/** Keys that Compose files got after docker-compose 1.29.2, which refuses them. */
export const newer = (edition: Edition, keys: Readonly<Record<string, Shape>>): Readonly<Record<string, Shape>> =>
  edition === 'either' ? keys : {};

/** Further ways to write a value, which docker-compose 1.29.2 doesn't know. */
export const orNewer = (edition: Edition, ...shapes: readonly Shape[]): readonly Shape[] =>
  edition === 'either' ? shapes : [];
