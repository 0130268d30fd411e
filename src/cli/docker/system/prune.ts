import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { humanSize } from '../../format/units.ts';
import { confirm } from '../confirm.ts';
import { pruneContainers } from '../container/prune.ts';
import { filterFlag } from '../filters.ts';
import { pruneImages } from '../image/prune.ts';
import { pruneNetworks } from '../network/prune.ts';
import { pruneVolumes } from '../volume/prune.ts';

/** `docker system prune`: containers, networks, volumes where asked, images. There is no build cache here. */
export const prune = defineCommand({
  use: 'prune [OPTIONS]',
  short: 'Remove everything that nothing uses',
  args: noArguments,
  flags: {
    all: bool('Every image that no container uses, not only those without a tag', { short: 'a' }),
    filter: filterFlag('Only those that fulfil a condition (label=a=b)', null),
    force: bool("Don't ask", { short: 'f' }),
    volumes: bool('Anonymous volumes as well'),
  },
  *run({ cli, flags }) {
    if (flags.volumes && flags.filter.has('until'))
      return yield* cli.fail('ERROR: The "until" filter is not supported with "--volumes"');
    if (!flags.force && !(yield* confirm(cli, question(flags)))) return 0;
    let reclaimed = 0;
    const steps = [
      pruneContainers(cli, flags.filter),
      pruneNetworks(cli, flags.filter),
      ...(flags.volumes ? [pruneVolumes(cli, flags.filter)] : []),
      pruneImages(cli, flags.filter, flags.all),
    ];
    for (const step of steps) {
      const pruned = yield* step;
      if (!pruned.ok) return yield* cli.fail(pruned.error);
      reclaimed += pruned.value.reclaimed;
      if (pruned.value.report !== '') yield* cli.out(`${pruned.value.report}\n`);
    }
    yield* cli.out(`Total reclaimed space: ${humanSize(reclaimed)}\n`);
    return 0;
  },
});

function question(flags: { readonly all: boolean; readonly volumes: boolean }): string {
  const items = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(flags.volumes ? ['all anonymous volumes not used by at least one container'] : []),
    flags.all ? 'all images without at least one container associated to them' : 'all dangling images',
    flags.all ? 'all build cache' : 'unused build cache',
  ];
  return `WARNING! This will remove:\n${items.map((item) => `  - ${item}\n`).join('')}\nAre you sure you want to continue?`;
}
