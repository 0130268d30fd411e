import { asData, asList, asText } from '../../../compose/model/normalise.ts';
import { specifiedContainer } from '../../../compose/v2/containers.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { int, string } from '../../command/flag.ts';
import { words } from '../../docker/completion.ts';
import { firstServiceCompleter } from './completion.ts';
import { defineVerb } from './verb.ts';

export const port = defineVerb({
  use: 'port [OPTIONS] SERVICE PRIVATE_PORT',
  short: 'Print the public port for a port binding',
  args: atLeast(2),
  complete: firstServiceCompleter,
  completeFlag: { protocol: words('tcp', 'udp') },
  flags: {
    protocol: string('tcp or udp', { initial: 'tcp' }),
    index: int('Index of the container if service has multiple replicas'),
  },
  *run({ compose, args: [service = '', wanted = ''], flags }) {
    const { console, engine } = compose;
    const quoted = JSON.stringify(wanted);
    if (!/^\d+$/.test(wanted)) return yield* console.fail(`strconv.ParseUint: parsing ${quoted}: invalid syntax`);
    if (Number(wanted) > 65_535) return yield* console.fail(`strconv.ParseUint: parsing ${quoted}: value out of range`);
    const name = yield* compose.projectName();
    if (!name.ok) return yield* console.fail(name.error);
    const query = { oneOff: 'include', all: false } as const;
    const found = yield* specifiedContainer({ engine }, name.value, service, flags.index, query);
    if (!found.ok) return yield* console.fail(found.error);
    const protocol = flags.protocol.toLowerCase();
    const ports = asList(found.value.data['Ports']).map(asData);
    const match = ports.find((each) => each['PrivatePort'] === Number(wanted) && each['Type'] === protocol);
    if (match) {
      yield* console.out(`${asText(match['IP']) ?? ''}:${asText(match['PublicPort']) ?? '0'}\n`);
      return 0;
    }
    const others = ports.map((each) => `${asText(each['PublicPort']) ?? '0'}/${asText(each['Type'])}`).join(', ');
    return yield* console.fail(`no port ${Number(wanted)}/${protocol} for container ${found.value.name}: ${others}`);
  },
});
