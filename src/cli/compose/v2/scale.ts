import { create } from '../../../compose/v2/create.ts';
import { withScale, withSelectedServices } from '../../../compose/v2/selection.ts';
import { start } from '../../../compose/v2/start.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { bool } from '../../command/flag.ts';
import { scaleCompleter } from './completion.ts';
import { createOptions } from './create-options.ts';
import { defineVerb } from './verb.ts';

const NOTHING_ELSE = {
  build: false,
  'no-build': false,
  pull: '',
  'force-recreate': false,
  'no-recreate': false,
  'remove-orphans': false,
  scale: [],
};

export const scale = defineVerb({
  use: 'scale [SERVICE=REPLICAS...]',
  short: 'Scale services',
  args: atLeast(1),
  complete: scaleCompleter,
  flags: { 'no-deps': bool("Don't start linked services") },
  *run({ compose, args, flags }) {
    const { console } = compose;
    const wanted = new Map<string, number>();
    for (const text of args) {
      const at = text.indexOf('=');
      const [name, number] = [text.slice(0, at), text.slice(at + 1)];
      if (at <= 0 || number === '') return yield* console.fail(`invalid scale specifier: ${text}`);
      if (!/^[+-]?\d+$/.test(number))
        return yield* console.fail(`invalid scale specifier: can't parse replica value as int: ${text}`);
      wanted.set(name, Number(number));
    }
    const services = [...wanted.keys()].toSorted();
    const loaded = yield* compose.toProject(services);
    const selected = loaded.ok && flags['no-deps'] ? withSelectedServices(loaded.value, services, 'alone') : loaded;
    if (!selected.ok) return yield* console.fail(selected.error);
    let project = selected.value;
    for (const [name, number] of wanted) {
      const scaled = withScale(project, name, number);
      if (!scaled.ok) return yield* console.fail(scaled.error);
      project = scaled.value;
    }
    const options = createOptions(NOTHING_ELSE, project, services);
    return yield* compose.operate('Running', function* (task) {
      const created = yield* create(task, project, options);
      return created.ok ? yield* start(task, project) : created;
    });
  },
});
