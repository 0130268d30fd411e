/** Names of images as docker shortens and completes them (distribution/reference). */
export interface Reference {
  /** `docker.io/library/` is left out. */
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** Splits `name[:tag][@digest]`; a colon in a port of the registry is part of the name. */
export function parseReference(text: string): Reference {
  const [beforeDigest = '', digest = ''] = text.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  const tagged = colon > beforeDigest.lastIndexOf('/');
  const name = tagged ? beforeDigest.slice(0, colon) : beforeDigest;
  return {
    name: name.replace(/^docker\.io\/(library\/)?/, ''),
    tag: tagged ? beforeDigest.slice(colon + 1) : '',
    digest,
  };
}

/** `busybox` to `busybox:latest`. */
export function familiarReference(text: string): string {
  const { name, tag, digest } = parseReference(text);
  if (digest !== '') return `${name}@${digest}`;
  return `${name}:${tag === '' ? 'latest' : tag}`;
}

/** Whether a text can be the name of an image at all. */
export function isReference(text: string): boolean {
  return /^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.test(
    text.replace(/^[A-Za-z0-9.-]+(:\d+)?\//, ''),
  );
}
