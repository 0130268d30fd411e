import { err, ok, type Result } from '../../../base/result.ts';
import type { Directive } from './directive.ts';
import { compileRegex } from './regex.ts';

/** What `if (…)` asks. */
export type Condition =
  | { readonly kind: 'set'; readonly variable: string }
  | { readonly kind: 'equal'; readonly variable: string; readonly value: string; readonly not: boolean }
  | { readonly kind: 'match'; readonly variable: string; readonly regex: RegExp; readonly not: boolean }
  | { readonly kind: 'file'; readonly test: 'f' | 'd' | 'e' | 'x'; readonly path: string; readonly not: boolean };

/** The directives of the rewrite module, which are carried out one after the other (http/ngx_http_rewrite_module.c). */
export type Step =
  | { readonly do: 'set'; readonly variable: string; readonly value: string }
  | { readonly do: 'return'; readonly status: number; readonly text: string | null }
  | {
      readonly do: 'rewrite';
      readonly regex: RegExp;
      readonly pattern: string;
      readonly replacement: string;
      readonly how: string | null;
    }
  | { readonly do: 'break' }
  | {
      readonly do: 'if';
      readonly condition: Condition;
      readonly directive: Directive;
      readonly steps: readonly Step[];
    };

export function readScript(block: readonly Directive[]): Result<readonly Step[], string> {
  const steps: Step[] = [];
  for (const directive of block) {
    const step = readStep(directive);
    if (!step.ok) return err(`${step.error} in ${directive.file}:${directive.line}`);
    if (step.value) steps.push(step.value);
  }
  return ok(steps);
}

function readStep(directive: Directive): Result<Step | null, string> {
  const { name, args, block } = directive;
  const [first = '', second, third = null] = args;
  if (name === 'set') return ok({ do: 'set', variable: first.slice(1), value: second ?? '' });
  if (name === 'break') return ok({ do: 'break' });
  if (name === 'return')
    return /^\d+$/.test(first)
      ? ok({ do: 'return', status: Number(first), text: second ?? null })
      : ok({ do: 'return', status: 302, text: first });
  if (name === 'rewrite') {
    const regex = compileRegex(first);
    return regex.ok
      ? ok({ do: 'rewrite', regex: regex.value, pattern: first, replacement: second ?? '', how: third })
      : regex;
  }
  if (name !== 'if') return ok(null);
  const condition = readCondition(args);
  if (!condition.ok) return condition;
  const steps = readScript(block ?? []);
  return steps.ok ? ok({ do: 'if', condition: condition.value, directive, steps: steps.value }) : steps;
}

/** `( $request_method = POST )`: the parentheses may stand apart. */
function readCondition(args: readonly string[]): Result<Condition, string> {
  const text = [...args];
  const first = text[0] ?? '';
  const last = text.at(-1) ?? '';
  if (!first.startsWith('(')) return err(`invalid condition "${first}"`);
  if (!last.endsWith(')')) return err(`invalid condition "${last}"`);
  text[0] = (text[0] as string).slice(1);
  text[text.length - 1] = (text[text.length - 1] as string).slice(0, -1);
  const words = text.filter((word) => word !== '');
  const [subject = '', operator, value = ''] = words;
  const test = /^(!?)-([fdex])$/.exec(subject);
  if (test && words.length === 2)
    return ok({ kind: 'file', test: test[2] as 'f', path: operator ?? '', not: test[1] === '!' });
  if (!/^\$\w+$/.test(subject)) return err(`invalid condition "${subject}"`);
  const variable = subject.slice(1);
  if (words.length === 1) return ok({ kind: 'set', variable });
  if (operator === '=' || operator === '!=') return ok({ kind: 'equal', variable, value, not: operator === '!=' });
  const match = /^(!?)~(\*?)$/.exec(operator ?? '');
  if (!match || words.length !== 3) return err(`unexpected "${operator}" in condition`);
  const regex = compileRegex(value, match[2] === '*');
  return regex.ok ? ok({ kind: 'match', variable, regex: regex.value, not: match[1] === '!' }) : regex;
}
