import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route.ts';

describe('routes', () => {
  it('are read as they are written', () => {
    const routes: Route[] = [
      { page: 'exercise', id: '1-default' },
      { page: 'card', id: 'localhost' },
      { page: 'sandbox' },
    ];
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('are nothing where the address names no page', () => {
    for (const hash of ['', '#', '#/', '#/exercise', '#/exercise/', '#/elsewhere/1', '#/card/<script>', '#guide'])
      expect(parseRoute(hash)).toBeNull();
  });
});
