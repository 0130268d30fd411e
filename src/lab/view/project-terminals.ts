import type { Task } from '../../kernel/process/task.ts';
import { UnixSocket } from '../../kernel/process/unix-socket.ts';
import type { Lab } from '../lab.ts';
import type { TerminalView } from './lab-view.ts';

/** Each open terminal with what runs in its foreground. */
export function projectTerminals(lab: Lab): Readonly<Record<number, TerminalView>> {
  const views: Record<number, TerminalView> = {};
  for (const { id, shell, tty } of lab.openTerminals()) {
    const foreground = [...shell.children].find((child) => child.group === tty.foreground) ?? null;
    views[id] = {
      id,
      command: foreground?.command ?? null,
      folder: shell.cwd,
      container: foreground === null ? null : attachedTo(lab, [...foreground.group.members]),
      ended: lab.terminalEnded(id),
    };
  }
  return views;
}

/** The container into whose process one of a job's clients of the engine types; null: none. */
function attachedTo(lab: Lab, job: readonly Task[]): string | null {
  for (const [file, container] of lab.world.docker.typists)
    if (file instanceof UnixSocket && job.some(({ files }) => file.otherEnd !== null && files.holds(file.otherEnd)))
      return container.id;
  return null;
}
