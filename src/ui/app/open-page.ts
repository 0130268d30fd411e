import { exercisesCalled } from '../course/course-data.ts';
import { CourseDesk } from '../guide/course-desk.ts';
import { CourseProgress } from '../guide/course-progress.ts';
import { type ColorScheme, LabSession } from '../session/lab-session.ts';
import { Machine, type Wall } from '../session/machine.ts';
import { Preferences } from '../session/preferences.ts';
import { FileKeeper } from '../storage/file-keeper.ts';
import { SessionStore } from '../storage/session-store.ts';
import { type Language, preferredLanguage } from '../words/catalog.ts';
import { BwApp } from './bw-app.ts';
import { Page } from './page.ts';

/** Puts the lab into the document: as the learner liked it at the last visit, in the browser's language at the first. */
export function openPage(wall: Wall): Page {
  const preferences = new Preferences();
  const asked = new URLSearchParams(location.search);
  const language =
    languageCalled(asked.get('lang') ?? preferences.get('language')) ?? preferredLanguage(navigator.languages);
  const scheme = schemeCalled(preferences.get('scheme')) ?? (prefersDark.matches ? 'dark' : 'light');
  document.documentElement.lang = language;
  document.documentElement.dataset['scheme'] = scheme;
  const session = new LabSession(new Machine(wall), { language, scheme });
  const page = new Page(session, preferences);
  const desk = new CourseDesk(session, new CourseProgress(preferences), page.route);
  document.body.append(Object.assign(new BwApp(), { page, desk }));
  // The seed may come with the address, so that a session can be had again; otherwise each new one is a host of its own.
  const seed = Number(asked.get('seed') ?? Math.floor(Math.random() * 2 ** 31));
  void startSession(page, Number.isSafeInteger(seed) ? seed : 1);
  return page;
}

/** Goes on where the last visit ended, or begins; from then on everything that comes in is kept. */
async function startSession({ session, storageTrouble }: Page, seed: number): Promise<void> {
  const store = await SessionStore.open({ seed, startDate: Date.now() });
  storageTrouble.set(store.trouble.value);
  store.trouble.watch((trouble) => storageTrouble.set(trouble));
  const keeper = new FileKeeper(session.machine, store);
  session.machine.listen((message) => {
    if (message.say === 'log') store.append(message.entries, message.from, message.time);
    else if (message.say === 'files-changed') keeper.filesChanged();
    else if (message.say === 'ready' && message.lost !== null) store.beginAgain();
  });
  session.prompted.watch(() => session.machine.send({ do: 'load-rest' }));
  document.addEventListener('visibilitychange', () => session.machine.send({ do: 'look', at: !document.hidden }));
  // What is gone on with needs all of the machine before its first prompt.
  if (store.hasPast) session.prompted.set(true);
  session.machine.start(store.start(await exercisesCalled(store.exercises)));
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const languageCalled = (name: string | null): Language | null => (name === 'ja' || name === 'en' ? name : null);
const schemeCalled = (name: string | null): ColorScheme | null => (name === 'light' || name === 'dark' ? name : null);
