/** `busybox` to `busybox:latest`, without the registry and the folder that go without saying (distribution/reference). */
export function familiarTag(reference: string): string {
  const tagged = /:[^/]+$/.test(reference) ? reference : `${reference}:latest`;
  return tagged.replace(/^docker\.io\//, '').replace(/^library\//, '');
}

/** `busybox:latest` to `busybox`. */
export function nameOfTag(tag: string): string {
  return tag.replace(/:[^/:]*$/, '');
}

/** Whether a tag fits the pattern of `--filter reference=…`: with or without its end, `*` takes all but slashes. */
export function fitsReference(tag: string, pattern: string): boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  );
  return expression.test(tag) || expression.test(nameOfTag(tag));
}
