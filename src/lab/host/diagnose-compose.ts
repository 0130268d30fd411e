import { diagnose } from '../../compose/diagnose.ts';
import type { Diagnosis } from '../messages.ts';

const FACES = [
  ['docker-compose', 'v1'],
  ['docker compose', 'v2'],
] as const;

/** What the two composes would say of a compose file. */
export function diagnoseCompose(path: string, text: string): readonly Diagnosis[] {
  return FACES.flatMap(([name, face]) =>
    diagnose(text, { fileName: path, face }).map(({ from, to, severity, message }) => ({
      from,
      to,
      severity,
      message,
      face: name,
    })),
  );
}
