import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { string } from '../command/flag.ts';
import { execute, parse, type Template } from '../template/template.ts';
import { orderedJson, rawValue, typedValue } from '../template/typed.ts';
import type { Cli } from './cli.ts';

/** `-f` of every inspect. */
export const FORMAT_FLAG = string("Print in this form: 'json' or a Go template", { short: 'f' });

/** An object as the API gives it, and Go's name of its type. */
export interface Inspected {
  readonly goType: string;
  readonly json: unknown;
}

export type Finder = (name: string) => Sys<Result<Inspected, string>>;

/**
 * Prints objects, as JSON or through a template, and what was wrong with the others at the end (docker/cli
 * command/inspect).
 */
export function* inspectObjects(cli: Cli, names: readonly string[], format: string, find: Finder): Sys<number> {
  const template = format === '' || format === 'json' ? null : parse(format);
  if (template?.ok === false) return yield* cli.fail(`template parsing error: ${template.error}`, 64);
  const found: unknown[] = [];
  const failures: string[] = [];
  let text = '';
  for (const name of names) {
    const object = yield* find(name);
    if (!object.ok) failures.push(object.error);
    else if (template === null) found.push(orderedJson(object.value.json));
    else {
      const line = throughTemplate(template.value, object.value);
      if (line.ok) text += `${line.value}\n`;
      else failures.push(line.error);
    }
  }
  yield* cli.out(template === null ? `${jsonText(found, format)}\n` : text === '' ? '\n' : text);
  return failures.length === 0 ? 0 : yield* cli.fail(failures.join('\n'));
}

/** First on the object as the client knows it, then on the bare JSON: the failure of that one is what docker shows. */
export function throughTemplate(template: Template, { goType, json }: Inspected): Result<string, string> {
  const typed = execute(template, typedValue(json, goType));
  if (typed.ok) return typed;
  const raw = execute(template, rawValue(json), { missingKey: 'error' });
  return raw.ok ? ok(raw.value) : err(`template parsing error: ${raw.error}`);
}

function jsonText(objects: readonly unknown[], format: string): string {
  return format === 'json' || objects.length === 0 ? JSON.stringify(objects) : JSON.stringify(objects, null, 4);
}
