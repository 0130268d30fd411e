import { timestamp } from '../../../dockerd/api/timestamp.ts';
import { bool, string } from '../../command/flag.ts';
import { rfc3339 } from '../../format/units.ts';
import { defineVerb } from './verb.ts';

interface EngineEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  readonly time?: number;
  readonly timeNano?: number;
}

export const events = defineVerb({
  use: 'events [OPTIONS] [SERVICE...]',
  short: 'Receive real time events from containers',
  flags: {
    json: bool('Output events as a stream of json objects'),
    since: string('Show all events created since timestamp'),
    until: string('Stream events until this timestamp'),
  },
  *run({ compose, args, flags }) {
    const { console, cli, proc } = compose;
    const name = yield* compose.projectName();
    if (!name.ok) return yield* console.fail(name.error);
    const query: Record<string, string> = {
      filters: JSON.stringify({ label: [`com.docker.compose.project=${name.value}`] }),
    };
    for (const limit of ['since', 'until'] as const) {
      if (flags[limit] === '') continue;
      const time = timestamp(flags[limit], proc.date());
      if (time === null) return yield* console.fail(`failed to parse value as time or duration: "${flags[limit]}"`);
      query[limit] = time;
    }
    const opened = yield* cli.stream('GET', '/events', { query });
    if (!opened.ok) return yield* console.fail(opened.error.message);
    for (;;) {
      const message = yield* opened.value.receive();
      if (message === undefined) break;
      const event = message.object as EngineEvent;
      const attributes = event.Actor?.Attributes ?? {};
      const service = attributes['com.docker.compose.service'] ?? '';
      if (event.Type !== 'container' || attributes['com.docker.compose.oneoff'] === 'True') continue;
      if (args.length > 0 && !args.includes(service)) continue;
      yield* console.out(`${flags.json ? jsonText(event, service) : plainText(event)}\n`);
    }
    yield* opened.value.close();
    return 0;
  },
});

const ownAttributes = ({ Actor }: EngineEvent) =>
  Object.entries(Actor?.Attributes ?? {})
    .filter(([key]) => !key.startsWith('com.docker.compose.'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

function jsonText(event: EngineEvent, service: string): string {
  return JSON.stringify({
    action: event.Action,
    attributes: Object.fromEntries(ownAttributes(event)),
    id: event.Actor?.ID,
    service,
    time: `${timeText(event).replace(' ', 'T')}Z`,
    type: 'container',
  });
}

function plainText(event: EngineEvent): string {
  const attributes = ownAttributes(event).map((pair) => pair.join('='));
  return `${timeText(event)} container ${event.Action} ${event.Actor?.ID} (${attributes.join(', ')})`;
}

/** `2026-11-23 19:18:54.206274`: to the microsecond. */
function timeText({ time = 0, timeNano = 0 }: EngineEvent): string {
  const fraction = String(Math.floor((timeNano % 1e9) / 1e3)).padStart(6, '0');
  return rfc3339(time * 1000)
    .replace('T', ' ')
    .replace('Z', `.${fraction}`);
}
