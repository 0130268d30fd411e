import type { Listing } from '../../format/listing.ts';
import { goTime, humanDuration, humanSize, truncateId } from '../../format/units.ts';
import type { ImageSummary } from '../api-objects.ts';
import { parseReference } from './reference.ts';

/** One line of the list: an image has one for each of its tags. */
export interface ImageRow {
  readonly image: ImageSummary;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** Columns of `docker images` (docker/cli formatter/image.go). */
export const IMAGES: Listing<ImageRow> = {
  goType: '*formatter.imageContext',
  table: 'table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}',
  quiet: '{{.ID}}',
  columns: {
    ID: ['IMAGE ID', ({ image }, { truncate }) => (truncate ? truncateId(image.Id) : image.Id)],
    Repository: ['REPOSITORY', (row) => row.repository],
    Tag: ['TAG', (row) => row.tag],
    Digest: ['DIGEST', (row) => row.digest],
    CreatedSince: ['CREATED', ({ image }, { now }) => `${humanDuration(now - image.Created * 1000)} ago`],
    CreatedAt: ['CREATED AT', ({ image }) => goTime(image.Created)],
    Size: ['SIZE', ({ image }) => humanSize(image.Size, 3)],
    Containers: ['CONTAINERS', ({ image }) => countOf(image.Containers)],
    VirtualSize: ['SIZE', ({ image }) => humanSize(image.Size, 3)],
    SharedSize: ['SHARED SIZE', ({ image }) => sizeOf(image.SharedSize)],
    UniqueSize: [
      'UNIQUE SIZE',
      ({ image }) => ((image.SharedSize ?? -1) < 0 ? 'N/A' : humanSize(image.Size - (image.SharedSize ?? 0), 3)),
    ],
  },
};

/** The plain table with digests. */
export const TABLE_WITH_DIGEST =
  'table {{.Repository}}\\t{{.Tag}}\\t{{.Digest}}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}';

/** A line for each tag; `<none>` where there is none. */
export function imageRows(images: readonly ImageSummary[], options: { readonly digests: boolean }): ImageRow[] {
  const none = '<none>';
  return images.flatMap((image) => {
    const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
    if (tags.length === 0) return [{ image, repository: none, tag: none, digest: none }];
    return tags.map((text) => {
      const { name, tag } = parseReference(text);
      const digest = (image.RepoDigests ?? []).map(parseReference).find((each) => each.name === name)?.digest;
      return { image, repository: name, tag, digest: options.digests ? (digest ?? none) : none };
    });
  });
}

function countOf(count: number | undefined): string {
  return count === undefined || count < 0 ? 'N/A' : String(count);
}

function sizeOf(size: number | undefined): string {
  return size === undefined || size < 0 ? 'N/A' : humanSize(size, 3);
}
