/** A name as one part of a path of the API: a slash or a percent sign in it doesn't end the part. */
export function pathPart(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}
