import type { Exchange } from './exchange.ts';
import { interpolate } from './variables.ts';

/** Folder names in the configuration may be relative to nginx's own. */
const PREFIX = '/etc/nginx/';

const absolute = (path: string) => (path.startsWith('/') ? path : PREFIX + path);

/** The file that a path means in the request's location: `root` and the path, or `alias` and the rest of it. */
export function locationFile(x: Exchange, path: string): string {
  const { location, settings } = x;
  if (location.alias !== null) {
    const alias = absolute(interpolate(x, location.alias));
    return location.kind === 'regex' ? alias : alias + path.slice(location.pattern.length);
  }
  return absolute(interpolate(x, settings.root)) + path;
}
