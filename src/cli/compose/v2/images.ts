import { asText } from '../../../compose/model/normalise.ts';
import { LABEL, serviceOfContainer } from '../../../compose/v2/naming.ts';
import { engineWords } from '../../../compose/v2/task.ts';
import { bool, string } from '../../command/flag.ts';
import { words } from '../../docker/completion.ts';
import { familiarReference, parseReference } from '../../docker/image/reference.ts';
import { timestamp } from '../../../dockerd/api/timestamp.ts';
import { humanDuration, humanSize, truncateId } from '../../format/units.ts';
import { prettyTable } from './pretty-table.ts';
import { defineVerb } from './verb.ts';

interface ImageRow {
  readonly container: string;
  readonly id: string;
  readonly repository: string;
  readonly tag: string;
  readonly platform: string;
  readonly size: number;
  readonly created: string;
}

export const images = defineVerb({
  use: 'images [OPTIONS] [SERVICE...]',
  short: 'List images used by the created containers',
  flags: {
    format: string('Format the output. Values: [table | json]', { initial: 'table' }),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
  completeFlag: { format: words('table', 'json') },
  *run({ compose, args, flags }) {
    const { console, engine, proc } = compose;
    const name = yield* compose.projectName();
    if (!name.ok) return yield* console.fail(name.error);
    const listed = yield* engine.containers([`${LABEL.project}=${name.value}`]);
    if (!listed.ok) return yield* console.fail(engineWords(listed.error));
    const rows: ImageRow[] = [];
    for (const container of listed.value) {
      if (args.length > 0 && !args.includes(serviceOfContainer(container))) continue;
      const reference = asText(container.data['Image']) ?? '';
      const image = yield* engine.inspectImage(reference);
      if (!image.ok) return yield* console.fail(engineWords(image.error));
      const { name: repository, tag } = parseReference(familiarReference(reference));
      rows.push({
        container: container.name,
        id: String(image.value['Id']),
        repository,
        tag,
        platform: `${asText(image.value['Os'])}/${asText(image.value['Architecture'])}`,
        size: Number(image.value['Size']),
        created: asText(image.value['Created']) ?? '',
      });
    }
    const sorted = rows.toSorted((a, b) => (a.container < b.container ? -1 : 1));
    if (flags.quiet) {
      for (const id of new Set(sorted.map((row) => row.id.replace(/^sha256:/, '')))) yield* console.out(`${id}\n`);
      return 0;
    }
    if (flags.format === 'json') {
      const data = sorted.map((row) => ({
        ID: row.id,
        ContainerName: row.container,
        Repository: row.repository,
        Tag: row.tag,
        Platform: row.platform,
        Size: row.size,
        LastTagTime: row.created,
      }));
      yield* console.out(`${JSON.stringify(data)}\n`);
      return 0;
    }
    const now = proc.date();
    const cells = sorted.map((row) => [
      row.container,
      row.repository || '<none>',
      row.tag || '<none>',
      row.platform,
      truncateId(row.id),
      humanSize(row.size, 3),
      `${humanDuration(now - Number(timestamp(row.created, now) ?? 0) * 1000)} ago`,
    ]);
    yield* console.out(
      prettyTable(['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'], cells),
    );
    return 0;
  },
});
