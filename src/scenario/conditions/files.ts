import { definePredicate } from './predicate.ts';

/** A file of the exercise's folder has something in it; with `otherThan` something else than that. */
export const file = definePredicate({
  name: 'file',
  parse: (args) => {
    args.only('path', 'otherThan');
    return { path: args.text('path'), otherThan: args.text('otherThan', '') };
  },
  holds: ({ path, otherThan }, view) => {
    const text = view.read(path)?.trim() ?? '';
    return text !== '' && text !== otherThan.trim();
  },
});

/** A folder lies where a file is meant to be, as Docker makes it for a mount whose source is missing. */
export const folderInstead = definePredicate({
  name: 'folder-instead',
  parse: (args) => ({ path: args.only('path').text('path') }),
  holds: ({ path }, view) => view.isFolder(path),
});
