import type { ILink, ILinkProvider, Terminal } from '@xterm/xterm';
import type { LabSession } from '../session/lab-session.ts';
import type { Subject } from '../session/subject.ts';
import type { LabView } from '../../lab/view/lab-view.ts';

/** A stretch of a terminal's line that names something which exists in the world. */
export interface NamedThing {
  readonly start: number;
  readonly text: string;
  readonly subject: Subject;
}

/** Longest first, so that `1-default_server_1` isn't taken for its network's `1-default`. */
const WORD = /(?<![\w.-])[A-Za-z0-9][\w.-]*[\w]/g;

/** What a line of output names: addresses, containers and networks by name or id. */
export function namedThings(line: string, view: LabView): readonly NamedThing[] {
  const found: NamedThing[] = [];
  for (const match of line.matchAll(WORD)) {
    const subject = subjectCalled(match[0], view);
    if (subject) found.push({ start: match.index, text: match[0], subject });
  }
  return found;
}

function subjectCalled(word: string, view: LabView): Subject | null {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(word)) return deviceAt(word, view);
  const isId = /^[0-9a-f]{12,64}$/.test(word);
  for (const { id, name } of Object.values(view.containers))
    if (name === word || (isId && id.startsWith(word))) return { kind: 'container', container: id };
  // `host`, `none` and `bridge` are words of everyday; as names of networks they would light up everywhere.
  for (const { id, name } of Object.values(view.networks))
    if ((name === word && name.length > 6) || (isId && id.startsWith(word))) return { kind: 'network', network: id };
  return null;
}

function deviceAt(address: string, view: LabView): Subject | null {
  for (const namespace of Object.values(view.namespaces))
    for (const device of Object.values(namespace.devices)) {
      if (device.kind === 'loopback' || !device.addresses.some((each) => each.split('/')[0] === address)) continue;
      return namespace.kind === 'container'
        ? { kind: 'container', container: namespace.id }
        : { kind: 'device', device: device.id };
    }
  return null;
}

/** Makes what the output names clickable: it is selected everywhere in the page, and lights up while the pointer is on it. */
export function terminalLinks(terminal: Terminal, session: LabSession): ILinkProvider {
  return {
    provideLinks: (y, answer) => {
      const line = terminal.buffer.active.getLine(y - 1)?.translateToString(true) ?? '';
      const links = namedThings(line, session.live.value).map(
        ({ start, text, subject }): ILink => ({
          text,
          range: { start: { x: start + 1, y }, end: { x: start + text.length, y } },
          activate: () => session.selected.set(subject),
          hover: () => session.pointed.set(subject),
          leave: () => session.pointed.set(null),
        }),
      );
      answer(links.length > 0 ? links : undefined);
    },
  };
}
