import { type Subject, sameSubject } from '../../session/subject.ts';

/** Whether what a shape shows is what is pointed at, or holds it: a chain's gate for its rule. */
export function isLit(shown: Subject, pointed: Subject | null): boolean {
  if (pointed === null) return false;
  if (shown.kind === 'chain' && pointed.kind === 'chain')
    return shown.namespace === pointed.namespace && shown.table === pointed.table && shown.chain === pointed.chain;
  // A container's namespace bears its id.
  if (shown.kind === 'container' && pointed.kind === 'namespace') return shown.container === pointed.namespace;
  return sameSubject(shown, pointed);
}
