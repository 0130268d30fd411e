import type { ErrorPage } from '../config/settings.ts';
import type { Coroutine } from '../../libc/event-loop.ts';
import { checkAccess } from './access.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { findLocation, slashLocation } from './find-location.ts';
import { proxyContent } from './proxy.ts';
import { runSteps } from './rewrite.ts';
import { type Content, staticContent } from './static-file.ts';
import { stubStatus } from './stub-status.ts';
import { tryFiles } from './try-files.ts';
import { escapePath } from './uri.ts';
import { interpolate } from './variables.ts';

/** Rewrites and internal redirects of one request (NGX_HTTP_MAX_URI_CHANGES). */
const MOST_REDIRECTS = 10;

/** Answers a request: nginx's phases one after the other, and again after every internal redirect. */
export function* handle(x: Exchange): Coroutine<Answer> {
  const byServer = yield* runSteps(x, x.server.location.steps);
  let answer: Answer = typeof byServer === 'string' ? yield* answerPath(x) : byServer;
  // An error page may fail itself: once more is enough (recursive_error_pages is off).
  const page = answer.body || x.errorStatus !== null ? undefined : pageFor(x, answer.status);
  if (page && answer.status >= 300) answer = yield* errorPage(x, answer, page);
  return answer;
}

/** Finds the location of the path, and what that answers. */
function* answerPath(x: Exchange): Coroutine<Answer> {
  for (; x.redirects <= MOST_REDIRECTS; x.redirects++) {
    const outer = x.server.location;
    const slash = slashLocation(outer, x.path);
    const { location, captures } = findLocation(outer, x.path);
    if (slash && location.kind !== 'exact' && location.pattern !== x.path)
      return { status: 301, location: `${escapePath(x.path)}/${x.args === '' ? '' : `?${x.args}`}` };
    if (captures) {
      x.captures = [...captures];
      for (const [name, value] of Object.entries(captures.groups ?? {})) x.variables.set(name, value ?? '');
    }
    x.enter(location);
    if (location.internal && !x.internal) return { status: 404 };
    const content = yield* inLocation(x);
    if (!('redirect' in content)) return content;
    x.internal = true;
    if (content.redirect.startsWith('@')) return yield* namedLocation(x, content.redirect);
    setPath(x, content.redirect);
  }
  yield* x.log('error', `rewrite or internal redirection cycle while processing "${x.path}"`);
  return { status: 500 };
}

function setPath(x: Exchange, target: string): void {
  const at = target.indexOf('?');
  x.path = at < 0 ? target : target.slice(0, at);
  if (at >= 0) x.args = target.slice(at + 1);
}

function* namedLocation(x: Exchange, name: string): Coroutine<Answer> {
  const location = x.server.location.locations.find(({ kind, pattern }) => kind === 'named' && pattern === name);
  if (!location) {
    yield* x.log('error', `could not find named location "${name}"`);
    return { status: 500 };
  }
  x.enter(location);
  const content = yield* inLocation(x);
  if (!('redirect' in content)) return content;
  setPath(x, content.redirect);
  x.redirects++;
  return yield* answerPath(x);
}

/** The phases within one location: rewrite, access, try_files, content. */
function* inLocation(x: Exchange): Coroutine<Content> {
  const { location } = x;
  if (location.steps.length > 0) {
    const end = yield* runSteps(x, location.steps);
    if (end === 'again') return { redirect: x.path };
    if (typeof end !== 'string') return end;
  }
  const length = Number(x.header('content-length') ?? 0);
  if (x.settings.maxBody > 0 && length > x.settings.maxBody) {
    yield* x.log('error', `client intended to send too large body: ${length} bytes`);
    return { status: 413 };
  }
  const denied = yield* checkAccess(x);
  if (denied) return denied;
  const files = location.tryFiles ?? (location === x.server.location ? x.server.location.tryFiles : null);
  if (files) {
    const tried = yield* tryFiles(x, files);
    if (tried) return tried;
  }
  if (x.location.proxyPass) return yield* proxyContent(x, x.location.proxyPass);
  if (location.stubStatus) return stubStatus(x);
  return yield* staticContent(x);
}

const pageFor = (x: Exchange, status: number): ErrorPage | undefined =>
  x.settings.errorPages.find(({ codes }) => codes.includes(status));

/** What `error_page` shows in place of a status: another path of ours, or another address. */
function* errorPage(x: Exchange, answer: Answer, page: ErrorPage): Coroutine<Answer> {
  x.errorStatus = answer.status;
  const target = interpolate(x, page.target);
  if (!target.startsWith('/') && !target.startsWith('@')) {
    const redirect = page.status !== null && page.status !== 'page' && page.status >= 300 ? page.status : 302;
    return { status: redirect, location: target };
  }
  x.internal = true;
  x.redirects++;
  const shown: Answer = target.startsWith('@')
    ? yield* namedLocation(x, target)
    : yield* (() => {
        setPath(x, target);
        return answerPath(x);
      })();
  if (!shown.body) return shown.status === 200 ? shown : { ...answer, status: shown.status };
  const status = page.status === 'page' ? shown.status : (page.status ?? answer.status);
  return { ...shown, status, ...(answer.headers && { headers: [...answer.headers, ...(shown.headers ?? [])] }) };
}
