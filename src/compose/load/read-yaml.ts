import { parseDocument, type Tags } from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';
import { syntaxProblem } from './yaml/parser.ts';
import { NOWHERE, type YamlProblem } from './yaml/problem.ts';

/** More than this many nodes by way of aliases is an attack. */
export const MAX_ALIASES = 1000;

/** The data of a YAML text as PyYAML gives it to docker-compose: YAML 1.1, where `yes` is true and `22:22` is 1342. */
export function readYaml(text: string): Result<unknown, YamlProblem> {
  const problem = syntaxProblem(text, 'PyYAML');
  if (problem) return err(problem);
  const parsed = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: withoutShortBooleans,
  });
  try {
    return ok(parsed.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  } catch (thrown) {
    return err(dataProblem(thrown));
  }
}

/** Aliases that unfold without end are only noticed as the data is made, and so is a merge of what is no mapping. */
export function dataProblem(thrown: unknown): YamlProblem {
  const message = thrown instanceof Error ? thrown.message : '';
  const what = message.startsWith('Excessive') ? 'too many aliases' : 'bad merge';
  return { in: 'composer', what, at: NOWHERE };
}

/** YAML 1.1 reads `y` and `n` as booleans; PyYAML doesn't. */
function withoutShortBooleans(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:bool' && 'test' in tag && tag.test
      ? { ...tag, test: new RegExp(tag.test.source.replace(/\(\?:[YN]\|[yn]\|/, '(?:')) }
      : tag,
  );
}
