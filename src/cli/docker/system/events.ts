import { err, ok, type Result } from '../../../base/result.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { string } from '../../command/flag.ts';
import { rfc3339 } from '../../format/units.ts';
import { execute, parse, type Template } from '../../template/template.ts';
import { typedValue } from '../../template/typed.ts';
import { GoStruct, type GoValue } from '../../template/value.ts';
import { filterFlag, filterQuery } from '../filters.ts';
import { timestamp } from '../../../dockerd/api/timestamp.ts';

interface Event {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> | null };
  readonly scope?: string;
  readonly time: number;
  readonly timeNano: number;
}

/** Go's names of the fields that JSON writes small. */
const GO_NAMES = new Map([
  ['Status', 'status'],
  ['ID', 'id'],
  ['From', 'from'],
  ['Scope', 'scope'],
  ['Time', 'time'],
  ['TimeNano', 'timeNano'],
]);

const NO_EVENT: Event = { Type: '', Action: '', Actor: { ID: '', Attributes: {} }, scope: '', time: 0, timeNano: 0 };

/** `docker events`: what the engine did, from `--since` on, until `--until` or Ctrl+C. */
export const events = defineCommand({
  use: 'events [OPTIONS]',
  short: 'Follow what the engine does',
  top: 'events [OPTIONS]',
  args: noArguments,
  flags: {
    filter: filterFlag('Only those that fulfil a condition (type=network)'),
    format: string("Print in this form: 'json' or a Go template"),
    since: string('Begin with what happened since: a timestamp, or relative (10m)'),
    until: string('End at this time: a timestamp, or relative'),
  },
  *run({ cli, flags }) {
    const template = makeTemplate(flags.format);
    if (!template.ok) return yield* cli.fail(`Error parsing format: ${template.error}`, 64);
    const query: Record<string, string> = filterQuery(flags.filter);
    for (const limit of ['since', 'until'] as const) {
      if (flags[limit] === '') continue;
      const time = timestamp(flags[limit], cli.proc.date());
      if (time === null) return yield* cli.fail(`failed to parse value as time or duration: "${flags[limit]}"`);
      query[limit] = time;
    }
    const opened = yield* cli.stream('GET', '/events', { query });
    if (!opened.ok) return yield* cli.fail(opened.error.message);
    for (;;) {
      const message = yield* opened.value.receive();
      if (message === undefined) break;
      const event = message.object as Event;
      if (template.value === null) yield* cli.out(plainText(event));
      else {
        const line = execute(template.value, eventValue(event));
        yield* cli.out(`${line.ok ? line.value : ''}\n`);
        if (!line.ok) return yield* cli.fail(line.error);
      }
    }
    yield* opened.value.close();
    return 0;
  },
});

/** A bad format is told at once, before anything happens. */
function makeTemplate(format: string): Result<Template | null, string> {
  if (format === '') return ok(null);
  const template = parse(format === 'json' ? '{{json .}}' : format);
  if (!template.ok) return template;
  const tried = execute(template.value, eventValue(NO_EVENT));
  return tried.ok ? template : err(tried.error);
}

function eventValue(event: Event): GoValue {
  const typed = typedValue({ status: '', id: '', from: '', ...event }, 'events.Message');
  // The JSON leaves out what is empty; a template sees it.
  return typed instanceof GoStruct
    ? new GoStruct(typed.type, typed.fields, GO_NAMES, typed.methods, JSON.stringify(event))
    : typed;
}

function plainText(event: Event): string {
  // A number holds the nanoseconds since 1970 to a quarter of a microsecond.
  const nanoseconds = String(Math.floor((event.timeNano % 1e9) / 1e3) * 1e3).padStart(9, '0');
  const time = rfc3339(event.time * 1000).replace('Z', `.${nanoseconds}Z`);
  const attributes = Object.entries(event.Actor.Attributes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shown = attributes.length === 0 ? '' : ` (${attributes.map((each) => each.join('=')).join(', ')})`;
  return `${time} ${event.Type} ${event.Action} ${event.Actor.ID}${shown}\n`;
}
