import { diagnose } from '../../compose/diagnose.ts';
import type { Diagnosis } from '../messages.ts';

const FACES = [
  ['docker-compose', 'v1'],
  ['docker compose', 'v2'],
] as const;

/** What the two composes would say of a compose file. @param readFile other files of the host that it may name */
export function diagnoseCompose(
  path: string,
  text: string,
  readFile: (path: string) => string | null,
): readonly Diagnosis[] {
  return FACES.flatMap(([name, face]) =>
    diagnose(text, { fileName: path, readFile, face }).map(({ from, to, severity, message }) => ({
      from,
      to,
      severity,
      message,
      face: name,
    })),
  );
}
