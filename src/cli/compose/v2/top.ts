import { asList } from '../../../compose/model/normalise.ts';
import { ofServices, projectContainers } from '../../../compose/v2/containers.ts';
import { LABEL, labelOf, serviceOfContainer } from '../../../compose/v2/naming.ts';
import { engineWords } from '../../../compose/v2/task.ts';
import { alignTabs } from '../../format/table.ts';
import { defineVerb } from './verb.ts';

export const top = defineVerb({
  use: 'top [SERVICES...]',
  short: 'Display the running processes',
  *run({ compose, args }) {
    const { console, engine } = compose;
    const name = yield* compose.projectName();
    if (!name.ok) return yield* console.fail(name.error);
    const listed = yield* projectContainers({ engine }, name.value, { oneOff: 'include', all: false });
    if (!listed.ok) return yield* console.fail(listed.error);
    const containers = (args.length > 0 ? ofServices(listed.value, args) : listed.value).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const headings = ['SERVICE', '#'];
    const rows: ReadonlyMap<string, string>[] = [];
    for (const container of containers) {
      const processes = yield* engine.top(container.id);
      if (!processes.ok) return yield* console.fail(engineWords(processes.error));
      const titles = asList(processes.value['Titles']).map(String);
      for (const title of titles) if (!headings.includes(title)) headings.push(title);
      for (const process of asList(processes.value['Processes'])) {
        const cells = asList(process).map((cell, i) => [titles[i] as string, String(cell)] as const);
        const own = [
          ['SERVICE', serviceOfContainer(container) || container.name],
          ['#', labelOf(container, LABEL.number)],
        ] as const;
        rows.push(new Map([...own, ...cells]));
      }
    }
    if (rows.length === 0) return 0;
    // The command is the last column, however wide it is.
    const columns = [...headings.filter((each) => each !== 'CMD'), ...headings.filter((each) => each === 'CMD')];
    const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? '-'))];
    yield* console.out(`${alignTabs(lines.map((line) => line.join('\t')).join('\n'), { minimum: 4, padding: 2 })}\n`);
    return 0;
  },
});
