import { KEYS, TERMINAL_NAMES, type Input } from './exercise.ts';
import type { Reading } from './reading.ts';

/** One action of a step, named by its first key: `run`, `type`, `key`, `write`, `visit` or `wait`. */
export function parseInput(data: Reading): Input {
  const terminal = data.oneOf('terminal', TERMINAL_NAMES, 'first');
  if (data.has('run')) {
    data.only('run', 'terminal', 'stays', 'note');
    return {
      do: 'run',
      line: data.text('run'),
      terminal,
      stays: data.flag('stays'),
      note: data.has('note') ? data.localized('note') : null,
    };
  }
  if (data.has('type')) return { do: 'type', text: data.only('type', 'terminal').text('type'), terminal };
  if (data.has('key')) return { do: 'key', key: data.only('key', 'terminal').oneOf('key', KEYS), terminal };
  if (data.has('write')) {
    data.only('write', 'content');
    return { do: 'write', path: data.text('write'), content: data.text('content') };
  }
  if (data.has('visit')) {
    data.only('visit', 'from');
    return { do: 'visit', url: data.text('visit'), from: data.oneOf('from', ['host', 'lan'], 'host') };
  }
  return { do: 'wait', seconds: data.only('wait').number('wait') };
}
