import { listProjects } from '../../../compose/v2/list-projects.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { bool, list, string } from '../../command/flag.ts';
import { noCompletion } from './completion.ts';
import { prettyTable } from './pretty-table.ts';
import { defineVerb } from './verb.ts';

export const ls = defineVerb({
  use: 'ls [OPTIONS]',
  short: 'List running compose projects',
  args: noArguments,
  complete: noCompletion,
  flags: {
    format: string('Format the output. Values: [table | json]', { initial: 'table' }),
    quiet: bool('Only display project names', { short: 'q' }),
    filter: list('Filter output based on conditions provided', { type: 'filter' }),
    all: bool('Show all stopped Compose projects', { short: 'a' }),
  },
  *run({ compose, flags }) {
    const { console, engine } = compose;
    const names: RegExp[] = [];
    for (const filter of flags.filter) {
      const [key = '', value] = filter.split(/=(.*)/s);
      if (value === undefined) return yield* console.fail(`bad format of filter (expected name=value)`);
      if (key !== 'name') return yield* console.fail(`invalid filter '${key}'`);
      names.push(patternOf(value));
    }
    const listed = yield* listProjects(engine, { all: flags.all });
    if (!listed.ok) return yield* console.fail(listed.error);
    const projects = listed.value.filter(({ name }) => names.length === 0 || names.some((each) => each.test(name)));
    if (flags.quiet) {
      for (const { name } of projects) yield* console.out(`${name}\n`);
      return 0;
    }
    switch (flags.format.toLowerCase()) {
      case '':
      case 'table':
      case 'pretty': {
        const rows = projects.map(({ name, status, files }) => [name, status, files]);
        yield* console.out(prettyTable(['NAME', 'STATUS', 'CONFIG FILES'], rows));
        return 0;
      }
      case 'json': {
        const data = projects.map(({ name, status, files }) => ({ Name: name, Status: status, ConfigFiles: files }));
        yield* console.out(`${JSON.stringify(data)}\n`);
        return 0;
      }
      default:
        return yield* console.fail(`format value ${JSON.stringify(flags.format)} could not be parsed: parsing failed`);
    }
  },
});

/** A filter's value is a regular expression; one that is none fits itself alone. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    return new RegExp(`^${text.replace(/[^\w-]/g, '\\$&')}$`);
  }
}
