import { asData, asList, asText } from '../../../compose/model/normalise.ts';
import { ofServices } from '../../../compose/v2/containers.ts';
import { LABEL } from '../../../compose/v2/naming.ts';
import { serviceNames } from '../../../compose/v2/project.ts';
import { engineWords } from '../../../compose/v2/task.ts';
import { bool, string } from '../../command/flag.ts';
import type { VolumeSummary } from '../../docker/api-objects.ts';
import { VOLUMES } from '../../docker/volume/volume-listing.ts';
import { formatList } from '../../format/listing.ts';
import { defineVerb } from './verb.ts';

export const volumes = defineVerb({
  use: 'volumes [OPTIONS] [SERVICE...]',
  short: 'List volumes',
  flags: {
    quiet: bool('Only display volume names', { short: 'q' }),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template", { initial: 'table' }),
  },
  *run({ compose, args, flags }) {
    const { console, engine, proc } = compose;
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* console.fail(named.error);
    const { project, name } = named.value;
    const unknown = project && args.find((each) => !serviceNames(project).includes(each));
    if (unknown) return yield* console.fail(`no such service: ${unknown}`);
    const listed = yield* engine.volumes([`${LABEL.project}=${name}`]);
    if (!listed.ok) return yield* console.fail(engineWords(listed.error));
    const containers = yield* engine.containers([`${LABEL.project}=${name}`], { all: false });
    const used = new Set(
      (containers.ok ? ofServices(containers.value, args) : []).flatMap((container) =>
        asList(container.data['Mounts']).map((mount) => asText(asData(mount)['Name'])),
      ),
    );
    const rows = listed.value.filter((volume) => args.length === 0 || used.has(asText(volume['Name'])));
    const text = formatList(VOLUMES, rows as unknown as readonly VolumeSummary[], {
      format: flags.format,
      quiet: flags.quiet,
      truncate: true,
      now: proc.date(),
    });
    if (!text.ok) return yield* console.fail(text.error);
    yield* console.out(text.value);
    return 0;
  },
});
