import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { folderOf, isFile, type Surroundings } from '../../load/files.ts';

export const FILE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** The usual file in a folder or the nearest one above that has one, and the override beside it (compose-go cli/options.go). */
export function* findFiles(world: Surroundings, start: string, warnings: string[]): Sys<readonly string[]> {
  for (let folder = start; ; folder = folderOf(folder)) {
    const found = yield* present(world, folder, FILE_NAMES);
    const [winner] = found;
    if (winner !== undefined) {
      if (found.length > 1) {
        warnings.push(`Found multiple config files with supported names: ${found.join(', ')}`, `Using ${winner}`);
      }
      const overrides = yield* present(world, folder, OVERRIDE_NAMES);
      const [override] = overrides;
      if (overrides.length > 1) {
        warnings.push(`Found multiple override files with supported names: ${overrides.join(', ')}`);
        warnings.push(`Using ${override}`);
      }
      return override === undefined ? [winner] : [winner, override];
    }
    if (folder === '/') return [];
  }
}

function* present(world: Surroundings, folder: string, names: readonly string[]): Sys<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
    if (yield* isFile(world, path)) found.push(path);
  }
  return found;
}
