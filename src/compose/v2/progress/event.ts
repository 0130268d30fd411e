/** What happens to one thing (pkg/progress/event.go). */
export interface ProgressEvent {
  readonly id: string;
  readonly status: 'working' | 'done' | 'warning' | 'error';
  /** Behind the id. */
  readonly text?: string;
  readonly statusText: string;
}

export const working = (id: string, statusText: string): ProgressEvent => ({ id, status: 'working', statusText });
export const done = (id: string, statusText: string): ProgressEvent => ({ id, status: 'done', statusText });
export const warned = (id: string, statusText: string): ProgressEvent => ({ id, status: 'warning', statusText });
export const failed = (id: string, statusText = 'Error'): ProgressEvent => ({ id, status: 'error', statusText });
