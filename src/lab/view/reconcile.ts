/** What JSON knows: all that a view is made of. */
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
type PlainObject = { [key: string]: Plain };

const isObject = (value: unknown): value is PlainObject => typeof value === 'object' && value !== null;

/**
 * Brings an Immer draft to a new state by touching only what differs: what stays keeps its identity, and the patches say no more than
 * what has changed. `before` is what the draft was made of, read in its stead because reading a draft is slow.
 */
export function reconcile(draft: object, before: object, after: object): void {
  const target = draft as PlainObject;
  const old = before as PlainObject;
  const fresh = after as PlainObject;
  for (const key of Object.keys(old)) if (!Object.hasOwn(fresh, key)) delete target[key];
  for (const key of Object.keys(fresh)) {
    const was = Object.hasOwn(old, key) ? old[key] : undefined;
    const is = fresh[key] as Plain;
    if (was === is) continue;
    if (!isObject(was) || !isObject(is) || Array.isArray(was) !== Array.isArray(is)) target[key] = is;
    else if (Array.isArray(was) && Array.isArray(is)) {
      if (!sameArray(was, is)) reconcileArray(target[key] as unknown as Plain[], was, is);
    } else if (differs(was, is)) reconcile(target[key] as object, was, is);
  }
}

function reconcileArray(draft: Plain[], before: readonly Plain[], after: readonly Plain[]): void {
  if (before.length > after.length) draft.length = after.length;
  for (const [i, is] of after.entries()) {
    const was = before[i];
    if (was === is) continue;
    if (isObject(was) && isObject(is) && !Array.isArray(was) && !Array.isArray(is)) {
      if (differs(was, is)) reconcile(draft[i] as unknown as object, was, is);
    } else if (i >= before.length || differs(was as Plain, is)) draft[i] = is;
  }
}

const sameArray = (a: readonly Plain[], b: readonly Plain[]): boolean =>
  a.length === b.length && a.every((each, i) => !differs(each, b[i] as Plain));

/** Whether two plain values are not equal all the way down. */
export function differs(a: Plain, b: Plain): boolean {
  if (a === b) return false;
  if (!isObject(a) || !isObject(b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) return !(Array.isArray(a) && Array.isArray(b) && sameArray(a, b));
  const keys = Object.keys(a);
  return (
    keys.length !== Object.keys(b).length ||
    keys.some((key) => !Object.hasOwn(b, key) || differs(a[key] as Plain, b[key] as Plain))
  );
}
