import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { encodeUtf8 } from '../../../base/bytes.ts';
import type { Condition, Step } from '../config/script.ts';
import { inherit } from '../config/settings.ts';
import type { Answer } from './answer.ts';
import { find } from '../config/directive.ts';
import type { Exchange } from './exchange.ts';
import { fileName } from './uri.ts';
import { interpolate, variable } from './variables.ts';

/** How a script ended: it ran through; it said `break`; the path has changed and wants a location anew; with an answer. */
export type ScriptEnd = 'through' | 'break' | 'again' | Answer;

/** Carries out set, if, rewrite, return and break in their order (http/ngx_http_script.c). */
export function* runSteps(x: Exchange, steps: readonly Step[]): Sys<ScriptEnd> {
  let changed = false;
  for (const step of steps) {
    yield* x.proc.cpu();
    switch (step.do) {
      case 'set':
        x.variables.set(step.variable, interpolate(x, step.value));
        break;
      case 'break':
        return 'break';
      case 'return':
        return answerOf(x, step.status, step.text);
      case 'rewrite': {
        const end = rewrite(x, step);
        if (end === null) break;
        if (end !== 'through') return end;
        changed = true;
        break;
      }
      case 'if': {
        if (!(yield* holds(x, step.condition))) break;
        const block = step.directive.block ?? [];
        const proxy = find(block, 'proxy_pass');
        x.settings = inherit(x.settings, block);
        if (proxy)
          x.location = {
            ...x.location,
            proxyPass: { text: proxy.args[0] ?? '', host: null, uri: null, file: proxy.file, line: proxy.line },
          };
        const end = yield* runSteps(x, step.steps);
        if (end !== 'through') return end;
        break;
      }
    }
  }
  return changed ? 'again' : 'through';
}

/** null: the pattern doesn't match. */
function rewrite(x: Exchange, step: Extract<Step, { do: 'rewrite' }>): ScriptEnd | null {
  const match = step.regex.exec(x.path);
  if (!match) return null;
  x.captures = [...match];
  const target = interpolate(x, step.replacement);
  const away = /^(https?:\/\/|\$scheme)/.test(step.replacement);
  const [path = '', given] = split(target);
  // A question mark at the end keeps the request's own arguments off.
  const args = given === undefined ? x.args : given === '' ? '' : x.args === '' ? given : `${given}&${x.args}`;
  if (away || step.how === 'redirect' || step.how === 'permanent') {
    const status = step.how === 'permanent' ? 301 : 302;
    return { status, location: `${path}${args === '' ? '' : `?${args}`}` };
  }
  x.path = path.startsWith('/') ? path : `/${path}`;
  x.args = args;
  if (step.how === 'last') return 'again';
  return step.how === 'break' ? 'break' : 'through';
}

function split(target: string): [string, string | undefined] {
  const at = target.indexOf('?');
  return at < 0 ? [target, undefined] : [target.slice(0, at), target.slice(at + 1)];
}

function answerOf(x: Exchange, status: number, text: string | null): Answer {
  if (text === null) return { status };
  const value = interpolate(x, text);
  if ([301, 302, 303, 307, 308].includes(status)) return { status, location: value };
  return { status, body: { kind: 'bytes', bytes: encodeUtf8(value) } };
}

function* holds(x: Exchange, condition: Condition): Sys<boolean> {
  switch (condition.kind) {
    case 'set': {
      const value = variable(x, condition.variable);
      return value !== null && value !== '' && value !== '0';
    }
    case 'equal':
      return ((variable(x, condition.variable) ?? '') === interpolate(x, condition.value)) !== condition.not;
    case 'match': {
      const match = condition.regex.exec(variable(x, condition.variable) ?? '');
      if (match) x.captures = [...match];
      return (match !== null) !== condition.not;
    }
    case 'file': {
      const stat = yield* x.proc.stat(fileName(interpolate(x, condition.path)));
      const type = stat.ok ? stat.value.type : null;
      const is =
        condition.test === 'f'
          ? type === 'file'
          : condition.test === 'd'
            ? type === 'directory'
            : type !== null && (condition.test === 'e' || (stat.ok && (stat.value.mode & 0o111) !== 0));
      return is !== condition.not;
    }
  }
}
