import { err, type Result } from '../base/result.ts';

/** Why the engine refuses, by class, as moby's errdefs: the class gives the HTTP status, the text is Docker's own. */
export interface Fault {
  readonly status: 400 | 403 | 404 | 409 | 500 | 501 | 503;
  readonly message: string;
}

export type Answer<T> = Result<T, Fault>;

export const invalid = (message: string): Answer<never> => err({ status: 400, message });
export const forbidden = (message: string): Answer<never> => err({ status: 403, message });
export const notFound = (message: string): Answer<never> => err({ status: 404, message });
export const conflict = (message: string): Answer<never> => err({ status: 409, message });
export const failure = (message: string): Answer<never> => err({ status: 500, message });
export const notHere = (message: string): Answer<never> => err({ status: 501, message });
export const unavailable = (message: string): Answer<never> => err({ status: 503, message });
