import { LineCounter, parseDocument, type Tags } from 'yaml';
import { err, ok, type Result } from '../../base/result.ts';
import { recursiveAlias } from './recursive-alias.ts';
import { syntaxProblem } from './yaml/parser.ts';
import { NOWHERE, type YamlProblem } from './yaml/problem.ts';

/** More than this many nodes by way of aliases is an attack. */
export const MAX_ALIASES = 1000;

/** The data of a YAML text as PyYAML gives it to docker-compose: YAML 1.1, where `yes` is true and `22:22` is 1342. */
export function readYaml(text: string): Result<unknown, YamlProblem> {
  const problem = syntaxProblem(text, 'PyYAML');
  if (problem) return err(problem);
  const lines = new LineCounter();
  const parsed = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: asPyYaml,
    lineCounter: lines,
  });
  const recursive = recursiveAlias(parsed, lines);
  if (recursive) return err(recursive);
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

/** Where PyYAML's resolver differs from the letter of YAML 1.1: `y`, `08`, `.` and `1e3` are texts. */
function asPyYaml(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag !== 'object' || !('test' in tag) || !tag.test) return tag;
    if (tag.tag === 'tag:yaml.org,2002:bool')
      return { ...tag, test: new RegExp(tag.test.source.replace(/\(\?:[YN]\|[yn]\|/, '(?:')) };
    const format = 'format' in tag ? tag.format : undefined;
    if (tag.tag === 'tag:yaml.org,2002:int' && format === undefined)
      return { ...tag, test: /^[-+]?(?:0|[1-9][0-9_]*)$/ };
    if (tag.tag !== 'tag:yaml.org,2002:float') return tag;
    if (format === 'EXP') return { ...tag, test: /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9]+)[eE][-+][0-9]+$/ };
    return tag.test.test('.5') ? { ...tag, test: /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/ } : tag;
  });
}
