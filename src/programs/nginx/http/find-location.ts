import type { Location } from '../config/location.ts';
import type { Server } from '../config/http-config.ts';
import { compileRegex } from '../config/regex.ts';

export interface FoundLocation {
  readonly location: Location;
  /** What the expression's groups matched. */
  readonly captures: RegExpExecArray | null;
}

/**
 * The location for a path (http/ngx_http_core_module.c, ngx_http_core_find_location): an exact one; else the longest prefix,
 * unless an expression matches and the prefix doesn't forbid it.
 */
export function findLocation(outer: Location, path: string): FoundLocation {
  const exact = outer.locations.find(({ kind, pattern }) => kind === 'exact' && pattern === path);
  if (exact) return { location: exact, captures: null };
  let best: Location | null = null;
  for (const each of outer.locations) {
    if (!each.kind.startsWith('prefix') || !path.startsWith(each.pattern)) continue;
    if (best === null || each.pattern.length > best.pattern.length) best = each;
  }
  const inner = best ? findLocation(best, path) : null;
  if (inner?.captures || inner?.location.kind === 'exact') return inner;
  if (best?.kind !== 'prefix, no regex' && inner?.location.kind !== 'prefix, no regex') {
    for (const each of outer.locations) {
      const captures = each.regex?.exec(path);
      if (captures) {
        const within = findLocation(each, path);
        return within.location === each ? { location: each, captures } : within;
      }
    }
  }
  return inner ?? { location: outer, captures: null };
}

/** The folder location that `/name` lacks only its slash for: answered with a redirect (auto_redirect of proxied prefixes). */
export function slashLocation(outer: Location, path: string): Location | undefined {
  return outer.locations.find(
    ({ kind, pattern, proxyPass }) => kind.startsWith('prefix') && proxyPass !== null && pattern === `${path}/`,
  );
}

/** The server for a host among those of a socket: exact, `*.name`, `name.*`, expression, else the first or default one. */
export function findServer<T extends { readonly server: Server }>(
  candidates: readonly T[],
  fallback: T,
  host: string | null,
): T {
  if (host === null) return fallback;
  const by = (test: (name: string) => boolean) => candidates.find(({ server }) => server.names.some(test));
  const longest = (test: (name: string) => boolean): T | undefined => {
    const names = candidates.flatMap(({ server }) => server.names).filter(test);
    const [name] = names.sort((a, b) => b.length - a.length);
    return name === undefined ? undefined : by((each) => each === name);
  };
  return (
    by((name) => name === host || (name.startsWith('.') && name.slice(1) === host)) ??
    longest(
      (name) =>
        (name.startsWith('*.') && host.endsWith(name.slice(1))) || (name.startsWith('.') && host.endsWith(name)),
    ) ??
    longest((name) => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
    by((name) => name.startsWith('~') && matches(name.slice(1), host)) ??
    fallback
  );
}

function matches(pattern: string, host: string): boolean {
  const regex = compileRegex(pattern, true);
  return regex.ok && regex.value.test(host);
}
