import { describe, expect, it } from 'vitest';
import type { Answers, Diagnosis, Question } from '../../lab/messages.ts';
import { Drafts } from './drafts.ts';
import { FileDesk, isDirty } from './file-desk.ts';

/** A host that is only a map of files. */
function host(files: Record<string, string>) {
  const answers = (question: Question): unknown => {
    if (question.ask === 'read')
      return question.path in files ? { ok: true, value: files[question.path] } : { ok: false, error: 'ENOENT' };
    if (question.ask === 'write') {
      if (question.path.startsWith('/proc')) return { ok: false, error: 'EACCES' };
      files[question.path] = question.content;
      return { ok: true, value: null };
    }
    return question.ask === 'diagnose' && question.text.includes('nonsense')
      ? ([{ from: 0, to: 8, severity: 'error', message: 'no', face: 'docker compose' }] satisfies Diagnosis[])
      : [];
  };
  return {
    ask: <K extends Question['ask']>(question: Extract<Question, { readonly ask: K }>) =>
      Promise.resolve(answers(question) as Answers[K]),
  };
}

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
  };
}

describe('the files that lie open', () => {
  it('go to the host when they are saved', async () => {
    const files = { '/a': 'one' };
    const desk = new FileDesk(host(files), new Drafts(null));
    await desk.open('/a');
    desk.write('/a', 'two');
    expect(isDirty(desk.activeFile!)).toBe(true);
    expect(files['/a']).toBe('one');
    await desk.save('/a');
    expect(files['/a']).toBe('two');
    expect(isDirty(desk.activeFile!)).toBe(false);
  });

  it('are made by their first saving', async () => {
    const files: Record<string, string> = {};
    const desk = new FileDesk(host(files), new Drafts(null));
    await desk.open('/new');
    expect(desk.activeFile).toMatchObject({ saved: null, text: '' });
    await desk.save('/new');
    expect(files['/new']).toBe('');
  });

  it('are not lost with the page', async () => {
    const kept = storage();
    const desk = new FileDesk(host({ '/a': 'one' }), new Drafts(kept));
    await desk.open('/a');
    desk.write('/a', 'one and a half');
    const next = new FileDesk(host({ '/a': 'one' }), new Drafts(kept));
    await next.open('/a');
    expect(next.activeFile).toMatchObject({ saved: 'one', text: 'one and a half' });
    await next.save('/a');
    expect(new Drafts(kept).get('/a')).toBeUndefined();
  });

  it('show what the host does to them, unless somebody writes there', async () => {
    const files = { '/a': 'one', '/b': 'one' };
    const desk = new FileDesk(host(files), new Drafts(null));
    await desk.open('/a');
    await desk.open('/b');
    desk.write('/b', 'mine');
    files['/a'] = files['/b'] = 'two';
    await desk.refresh();
    expect(desk.find('/a')).toMatchObject({ text: 'two', conflict: false });
    expect(desk.find('/b')).toMatchObject({ text: 'mine', saved: 'two', conflict: true });
    desk.revert('/b');
    expect(desk.find('/b')).toMatchObject({ text: 'two', conflict: false });
  });

  it('say why they could not be saved', async () => {
    const desk = new FileDesk(host({}), new Drafts(null));
    await desk.open('/proc/x');
    desk.write('/proc/x', 'y');
    expect(await desk.save('/proc/x')).toBe(false);
    expect(desk.activeFile).toMatchObject({ failed: 'EACCES', text: 'y' });
  });

  it('are looked over while they are written, compose files alone', async () => {
    const desk = new FileDesk(host({}), new Drafts(null));
    await desk.open('/docker-compose.yml');
    desk.write('/docker-compose.yml', 'nonsense: 1');
    await new Promise(setImmediate);
    expect(desk.activeFile?.diagnoses).toHaveLength(1);
    desk.write('/docker-compose.yml', 'services: {}');
    await new Promise(setImmediate);
    expect(desk.activeFile?.diagnoses).toEqual([]);
    await desk.open('/notes.txt');
    desk.write('/notes.txt', 'nonsense');
    await new Promise(setImmediate);
    expect(desk.activeFile?.diagnoses).toEqual([]);
  });

  it('lie beside each other, and the next one shows when one is closed', async () => {
    const desk = new FileDesk(host({ '/a': '', '/b': '', '/c': '' }), new Drafts(null));
    for (const path of ['/a', '/b', '/c']) await desk.open(path);
    desk.active.set('/b');
    desk.close('/b');
    expect(desk.active.value).toBe('/c');
    desk.close('/c');
    desk.close('/a');
    expect(desk.active.value).toBeNull();
  });
});

describe('drafts', () => {
  it('that storage has spoilt are none', () => {
    for (const text of ['nonsense', '{}', '[1]', '[["a"]]', '[[1,2]]', 'null']) {
      const kept = { getItem: () => text, setItem: () => undefined };
      expect(new Drafts(kept).get('a')).toBeUndefined();
    }
  });

  it('go on where storage is full', () => {
    const drafts = new Drafts({
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    });
    drafts.set('/a', 'x');
    expect(drafts.get('/a')).toBe('x');
  });
});
