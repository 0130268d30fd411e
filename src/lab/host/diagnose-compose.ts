import { readYaml } from '../../compose/load/read-yaml.ts';
import { yamlWords } from '../../compose/v1/yaml-words.ts';
import type { Diagnosis } from '../messages.ts';

/** What docker-compose would say of a compose file that it can't even read. */
export function diagnoseCompose(path: string, text: string): readonly Diagnosis[] {
  const read = readYaml(text, '1.1');
  if (read.ok) return [];
  const lines = text.split('\n');
  const start = lines.slice(0, read.error.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const from = Math.min(text.length, start + read.error.column - 1);
  const to = start + (lines[read.error.line - 1]?.length ?? 0);
  const message = yamlWords(read.error, path, text);
  return [{ from, to: Math.max(from, to), severity: 'error', message, face: 'docker-compose' }];
}
