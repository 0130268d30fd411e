import { COMPOSE_NAMES } from '../compose-file.ts';
import { definePredicate } from './predicate.ts';

const KINDS = ['broken', 'elsewhere', 'misnamed'] as const;

/**
 * What may be wrong with a compose file as a whole: it can't be read (`broken`), it lies in the home folder or the one above
 * (`elsewhere`), or it lies here under a name that compose doesn't look for (`misnamed`).
 */
export const composeFileTrouble = definePredicate({
  name: 'compose-file-trouble',
  parse: (args) => ({
    kind: args.only('kind', 'files').oneOf('kind', KINDS),
    files: args.has('files') ? args.texts('files') : COMPOSE_NAMES,
  }),
  holds: ({ kind, files }, view) => {
    const file = view.composeFile(files);
    if (kind === 'broken') return file === 'broken';
    if (file !== null) return false;
    if (kind === 'misnamed')
      return view.list(view.folder).some((name) => LIKE_COMPOSE.test(name) && !files.includes(name));
    return foldersAbove(view.folder).some((folder) => view.list(folder).some((name) => files.includes(name)));
  },
});

const LIKE_COMPOSE = /compose|\.ya?ml/i;

/** Those that a learner may have been in instead: from the exercise's parent up to the home folder. */
function foldersAbove(folder: string): readonly string[] {
  const parts = folder.split('/');
  return parts.flatMap((_, i) => (i >= 3 && i < parts.length ? [parts.slice(0, i).join('/')] : []));
}
