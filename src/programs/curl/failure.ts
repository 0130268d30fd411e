/** Why a transfer failed: curl's exit status and its words. */
export interface Failure {
  readonly code: number;
  readonly text: string;
}

export const failure = (code: number, text: string): Failure => ({ code, text });
