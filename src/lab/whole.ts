import { COMPLETIONS } from '../cli/completions.ts';
import { API_ROUTES } from '../dockerd/api/routes.ts';
import { Examiner } from '../scenario/examiner.ts';
import { INTERPRETER } from '../shell/run/interpreter.ts';
import { PROGRAMS } from '../world/programs.ts';
import { fetchFrom } from './fetch-from.ts';
import { diagnoseCompose } from './host/diagnose-compose.ts';
import { outlineCompose } from './host/outline-compose.ts';
import { Lab, type LabOptions } from './lab.ts';
import { Prober } from './probing/prober.ts';
import { type Parts, PartsHolder } from './parts.ts';

/** All parts, at once. */
export const WHOLE: Parts = {
  routes: API_ROUTES,
  programs: PROGRAMS,
  interpreter: INTERPRETER,
  completions: COMPLETIONS,
  fetchFrom,
  diagnoseCompose,
  outlineCompose,
  startExaminer: (...args) => Examiner.start(...args),
  startProber: (...of) => new Prober(...of),
};

/** A lab with all its parts, for everything but a page that is just being opened. */
export const wholeLab = (options: Omit<LabOptions, 'parts'>): Lab =>
  new Lab({ ...options, parts: new PartsHolder(WHOLE) });
