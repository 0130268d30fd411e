/** The variables of an `.env` or `env_file` text: `NAME=value`, comments, quotes; a name alone takes the shell's value. */
export function readDotenv(text: string, inherited: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim().replace(/^export\s+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const name = (equals < 0 ? line : line.slice(0, equals)).trim();
    if (equals < 0) {
      const value = inherited.get(name);
      if (value !== undefined) variables.set(name, value);
      continue;
    }
    variables.set(name, unquote(line.slice(equals + 1).trim()));
  }
  return variables;
}

function unquote(text: string): string {
  const single = /^'([^']*)'/.exec(text);
  if (single) return single[1] as string;
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (double) return (double[1] as string).replace(/\\n/g, '\n').replace(/\\(["\\$])/g, '$1');
  return text.replace(/\s+#.*$/, '');
}
