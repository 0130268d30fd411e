import type { Result } from '../../base/result.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Lab } from '../lab.ts';
import type { Answers, Failing, FileEntry, Question } from '../messages.ts';

type FileQuestion = Extract<
  Question,
  { readonly ask: 'list' | 'read' | 'write' | 'make-folder' | 'remove' | 'rename' }
>;

/** Answers what the page asks about the host's files; what changes them goes into the session's log. */
export function answerFileQuestion(lab: Lab, question: FileQuestion): Answers[FileQuestion['ask']] {
  switch (question.ask) {
    case 'list':
      return list(lab, question.folder);
    case 'read':
      return lab.world.host.files.read(question.path);
    case 'write':
      return done(lab.writeFile(question.path, question.content));
    case 'make-folder':
      return done(lab.makeFolder(question.path));
    case 'remove':
      return done(lab.removeFile(question.path));
    case 'rename':
      return done(lab.renameFile(question.from, question.to));
  }
}

function list(lab: Lab, folder: string): Failing<readonly FileEntry[]> {
  const { files } = lab.world.host;
  const entries = files.list(folder);
  if (!entries.ok) return entries;
  return {
    ok: true,
    value: entries.value.map(({ name, type }) => ({
      name,
      folder: type === 'directory',
      size: files.stat(`${folder}/${name}`)?.size ?? 0,
    })),
  };
}

const done = (result: Result<unknown, Errno>): Failing<null> => (result.ok ? { ok: true, value: null } : result);
