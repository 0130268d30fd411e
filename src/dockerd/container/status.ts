import type { Container } from './container.ts';

/** A span as people say it (go-units HumanDuration). @param milliseconds from then to now */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
}

/** The STATUS column of `docker ps` (daemon/container/state.go, String). */
export function humanStatus(container: Container, now: number): string {
  const since = (date: number) => humanDuration(now - date);
  switch (container.lifecycle.state) {
    case 'running': {
      const health =
        container.health &&
        ` (${container.health.status === 'starting' ? 'health: starting' : container.health.status})`;
      return `Up ${since(container.startedDate)}${health ?? ''}`;
    }
    case 'paused':
      return `Up ${since(container.startedDate)} (Paused)`;
    case 'restarting':
      return `Restarting (${container.exitCode}) ${since(container.finishedDate)} ago`;
    case 'created':
      return 'Created';
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'exited':
      return container.startedDate === 0
        ? 'Created'
        : `Exited (${container.exitCode}) ${since(container.finishedDate)} ago`;
  }
}
