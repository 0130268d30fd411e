import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { imageNames } from '../completion.ts';
import { pathPart } from '../path-part.ts';
import { isReference, parseReference } from './reference.ts';

/** `docker tag`. */
export const tag = defineCommand({
  use: 'tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  short: 'Give an image another name',
  top: 'tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  args: exactly(2),
  interspersed: false,
  complete: imageNames(2),
  *run({ cli, args: [source = '', target = ''] }) {
    if (!isReference(target))
      return yield* cli.fail(
        `Error parsing reference: "${target}" is not a valid repository/tag: invalid reference format`,
      );
    const { name, tag: to } = parseReference(target);
    const query: Record<string, string> = { repo: name, ...(to === '' ? {} : { tag: to }) };
    const tagged = yield* cli.call('POST', `/images/${pathPart(source)}/tag`, { query });
    return tagged.ok ? 0 : yield* cli.fail(tagged.error.message);
  },
});
