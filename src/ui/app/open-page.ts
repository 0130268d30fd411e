import { CourseProgress } from '../guide/course-progress.ts';
import { type ColorScheme, LabSession } from '../session/lab-session.ts';
import { Machine, type Wall } from '../session/machine.ts';
import { Preferences } from '../session/preferences.ts';
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
  const app = new BwApp();
  Object.assign(app, { page, progress: new CourseProgress(preferences) });
  document.body.append(app);
  // The seed may come with the address, so that a session can be had again; otherwise each visit is a host of its own.
  const seed = Number(asked.get('seed') ?? Math.floor(Math.random() * 2 ** 31));
  session.machine.start({
    seed: Number.isSafeInteger(seed) ? seed : 1,
    startDate: Date.now(),
    files: {},
    exercise: null,
    log: [],
  });
  return page;
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const languageCalled = (name: string | null): Language | null => (name === 'ja' || name === 'en' ? name : null);
const schemeCalled = (name: string | null): ColorScheme | null => (name === 'light' || name === 'dark' ? name : null);
