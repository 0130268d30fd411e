import { err, type Result } from '../../base/result.ts';
import { executeTemplate } from './execute.ts';
import { FUNCTIONS, type Functions } from './functions.ts';
import { parseTemplate, type Template } from './parse.ts';
export type { Template } from './parse.ts';
import type { GoValue } from './value.ts';

const NAMES: ReadonlySet<string> = new Set(FUNCTIONS.keys());

/** Parses a format with Go's functions and docker's. */
export function parse(source: string): Result<Template, string> {
  return parseTemplate(source, NAMES);
}

export function execute(
  template: Template,
  data: GoValue,
  options: { readonly functions?: Functions; readonly missingKey?: 'error' } = {},
): Result<string, string> {
  return executeTemplate(template, data, { functions: FUNCTIONS, ...options });
}

/** Both at once, for tests and for formats that are used one time. */
export function render(source: string, data: GoValue): Result<string, string> {
  const template = parse(source);
  return template.ok ? execute(template.value, data) : err(template.error);
}
