import { parseDocument, type Tags, type YAMLError } from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';

/** What is wrong with a YAML text, and where: the parser's own code, so that each face can say it in its words. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The data of a YAML text; an empty text is null.
 * @param version 1.1 as PyYAML reads it (`yes` is true, `22:22` is 1342), 1.2 as go-yaml almost does
 */
export function readYaml(text: string, version: '1.1' | '1.2'): Result<unknown, YamlProblem> {
  const parsed = parseDocument(text, {
    version,
    merge: true,
    uniqueKeys: version === '1.2',
    logLevel: 'silent',
    ...(version === '1.1' && { customTags: withoutShortBooleans }),
  });
  const [error] = parsed.errors;
  if (error) return err(problemOf(error));
  try {
    return ok(parsed.toJS({ maxAliasCount: 1000 }) as unknown);
  } catch (thrown) {
    // An alias without its anchor, or one that unfolds without end, is only noticed here.
    return err({
      code: 'ALIAS',
      message: thrown instanceof Error ? thrown.message : 'unusable alias',
      line: 1,
      column: 1,
    });
  }
}

/** YAML 1.1 reads `y` and `n` as booleans; PyYAML doesn't. */
function withoutShortBooleans(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:bool' && 'test' in tag && tag.test
      ? { ...tag, test: new RegExp(tag.test.source.replace(/\(\?:[YN]\|[yn]\|/, '(?:')) }
      : tag,
  );
}

export function problemOf(error: YAMLError): YamlProblem {
  const at = error.linePos?.[0];
  const message = (error.message.split('\n')[0] as string).replace(/ at line \d+, column \d+:$/, '');
  return { code: error.code, message, line: at?.line ?? 1, column: at?.col ?? 1 };
}
