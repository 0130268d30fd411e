import { between } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { quote } from '../../command/flag.ts';
import { naturalOrder } from '../../format/natural-order.ts';
import { joinHostPort } from '../../format/ports.ts';
import type { ContainerInspect } from '../api-objects.ts';
import { containerNames } from '../completion.ts';

/** `docker port`. */
export const port = defineCommand({
  use: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  short: 'List the published ports of a container, or one of them',
  top: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  args: between(1, 2),
  complete: containerNames({ all: false }),
  *run({ cli, args: [name = '', wanted = ''] }) {
    const inspected = yield* cli.call<ContainerInspect>('GET', `/containers/${name}/json`);
    if (!inspected.ok) return yield* cli.fail(inspected.error.message);
    const ports = inspected.value.NetworkSettings.Ports ?? {};
    let lines: string[];
    if (wanted === '') {
      lines = Object.entries(ports).flatMap(([inside, outside]) =>
        (outside ?? []).map((each) => `${inside} -> ${joinHostPort(each.HostIp, each.HostPort)}`),
      );
    } else {
      const [number = '', protocol = 'tcp'] = wanted.split('/');
      if (!/^\d+$/.test(number) || Number(number) > 65_535) {
        const why = /^\d+$/.test(number) ? 'value out of range' : 'invalid syntax';
        return yield* cli.fail(`Error: invalid port (${number}): strconv.ParseUint: parsing ${quote(number)}: ${why}`);
      }
      const published = ports[`${number}/${protocol === '' ? 'tcp' : protocol}`] ?? [];
      if (published.length === 0) return yield* cli.fail(`Error: No public port '${wanted}' published for ${name}`);
      lines = published.map((each) => joinHostPort(each.HostIp, each.HostPort));
    }
    yield* cli.out(
      lines
        .sort(naturalOrder)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return 0;
  },
});
