import { isVariable, variablesIn } from '../http/variables.ts';
import type { Directive } from './directive.ts';
import type { HttpConfig } from './http-config.ts';

/** Directives whose words may have variables. */
const WITH_VARIABLES = new Set(
  'return set rewrite if proxy_pass proxy_set_header proxy_redirect add_header root alias index try_files error_page access_log log_format map'.split(
    ' ',
  ),
);

/** The first variable that is neither nginx's nor set, mapped or captured by the configuration. */
export function unknownVariable(main: readonly Directive[], { maps }: HttpConfig): string | null {
  const known = new Set(maps.keys());
  const used: string[] = [];
  const walk = (directives: readonly Directive[]): void => {
    for (const { name, args, block } of directives) {
      if (name === 'set') known.add((args[0] ?? '').slice(1));
      for (const arg of args)
        for (const [, group] of arg.matchAll(/\(\?P?<(\w+)>/g)) if (group !== undefined) known.add(group);
      // A regular expression's own `$` is no variable.
      const words = name === 'rewrite' ? [args[1] ?? ''] : name === 'if' ? [(args[0] ?? '').replace(/^\(/, '')] : args;
      if (WITH_VARIABLES.has(name)) used.push(...words.flatMap(variablesIn));
      if (block) walk(block);
    }
  };
  walk(main);
  return used.find((name) => !isVariable(name) && !known.has(name)) ?? null;
}
