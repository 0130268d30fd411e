import type { Language } from '../../words/catalog.ts';
import { COMPOSE_FILE, type Key, keyAt } from './keys.ts';
import { type Place, placeAt } from './place.ts';

export interface Suggestion {
  readonly label: string;
  /** What is put in place of what was typed; `$0` is where the cursor goes. */
  readonly insert: string;
  readonly meaning: string;
  readonly kind: 'key' | 'value' | 'name';
}

/** What may be written at a position, and where it begins in its line. Nothing that stands there already is offered again. */
export function suggest(
  text: string,
  line: number,
  column: number,
  language: Language,
): { readonly from: number; readonly suggestions: readonly Suggestion[] } {
  const place = placeAt(text, line, column);
  const key = keyAt(place.path);
  const isItem = place.path.at(-1) === '-';
  const suggestions = [
    ...(place.at === 'key' ? keysBelow(text, line, place, key, language) : []),
    ...(place.at === 'value' && key?.takes === 'value' ? values(key, language) : []),
    ...(isItem && key ? [...names(text, key), ...values(key, language)] : []),
  ];
  return { from: place.from, suggestions };
}

function keysBelow(text: string, line: number, place: Place, key: Key | undefined, language: Language): Suggestion[] {
  const isItem = place.path.at(-1) === '-';
  const below = place.path.length === 0 ? COMPOSE_FILE : isItem ? key?.items : key?.keys;
  const there = siblings(text, line, place);
  const known = Object.entries(below ?? {}).map(
    ([name, { meaning, takes }]): Suggestion => ({
      label: name,
      insert: `${name}:${takes === 'value' ? ' $0' : takes === 'list' ? '\n  - $0' : '\n  $0'}`,
      meaning: meaning[language],
      kind: 'key',
    }),
  );
  const own = !isItem && key?.each ? names(text, key).map((each) => ({ ...each, insert: `${each.label}:\n  $0` })) : [];
  return [...known, ...own].filter(({ label }) => !there.has(label));
}

const values = ({ values: offered = [], meaning }: Key, language: Language): Suggestion[] =>
  offered.map((label) => ({ label, insert: label, meaning: meaning[language], kind: 'value' }));

function names(text: string, { names: section }: Key): Suggestion[] {
  if (section === undefined) return [];
  const defined = keysOf(text, section);
  const all = section === 'networks' ? new Set(['default', ...defined]) : new Set(defined);
  return [...all].map((label) => ({ label, insert: label, meaning: '', kind: 'name' }));
}

/** The names that a section of the file defines. */
function keysOf(text: string, section: string): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((each, i) => {
    const name = /^(\s+)([^\s:#-][^\s:#]*)\s*:/.exec(each);
    if (!name) return [];
    const { path } = placeAt(text, i, (name[1] as string).length);
    return path.length === 1 && path[0] === section ? [name[2] as string] : [];
  });
}

/** Keys that stand beside a place, below the same parent. */
function siblings(text: string, line: number, { path, from }: Place): ReadonlySet<string> {
  const lines = text.split('\n');
  const found = new Set<string>();
  const look = (i: number, step: 1 | -1) => {
    for (let at = i; at >= 0 && at < lines.length; at += step) {
      const each = lines[at] as string;
      const indent = each.length - each.trimStart().length;
      if (each.trim() === '' || each.trim().startsWith('#')) continue;
      if (indent < from && path.length > 0) return;
      const name = /^\s*(?:-\s+)*([^\s:#-][^\s:#]*)\s*:/.exec(each)?.[1];
      if (name && (indent === from || each.indexOf(name) === from)) found.add(name);
    }
  };
  look(line - 1, -1);
  look(line + 1, 1);
  return found;
}
