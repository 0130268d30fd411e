import { ok } from '../../base/result.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, notFound } from '../fault.ts';
import type { Container } from '../container/container.ts';
import { Image, type ImageDefinition } from './image.ts';
import { familiarTag } from './reference.ts';

/** One line of what a removal did. */
export type Removed = { readonly Untagged: string } | { readonly Deleted: string };

/** The images of a host: those of its world, found by name, name and tag, or id (daemon/images). */
export class ImageStore {
  private readonly all: Image[];

  constructor(
    private readonly daemon: Daemon,
    definitions: readonly ImageDefinition[],
  ) {
    this.all = definitions.map((definition) => new Image(definition));
  }

  /** Newest first. */
  list(): readonly Image[] {
    return this.all.toSorted((a, b) => (a.definition.created < b.definition.created ? 1 : -1));
  }

  find(reference: string): Image | undefined {
    const tag = familiarTag(reference);
    const byTag = this.all.find((image) => image.tags.includes(tag));
    if (byTag) return byTag;
    const id = reference.replace(/^sha256:/, '');
    return /^[0-9a-f]{2,64}$/.test(id) ? this.all.find((image) => image.id.slice(7).startsWith(id)) : undefined;
  }

  get(reference: string): Answer<Image> {
    const image = this.find(reference);
    return image ? ok(image) : notFound(`No such image: ${familiarTag(reference)}`);
  }

  /** Another name for an image; whatever bore it before loses it. */
  tag(image: Image, reference: string): void {
    const tag = familiarTag(reference);
    for (const each of this.all) if (each !== image) without(each.tags, tag);
    if (!image.tags.includes(tag)) image.tags.push(tag);
    image.tags.sort();
    this.emit('tag', image, tag);
  }

  /** Takes a name away, and the image with its last one (daemon/images/image_delete.go, ImageDelete). */
  remove(reference: string, { force }: { readonly force: boolean }): Answer<readonly Removed[]> {
    const found = this.get(reference);
    if (!found.ok) return found;
    const image = found.value;
    const removed: Removed[] = [];
    const byId = image.id.startsWith(reference) || image.id.slice(7).startsWith(reference);
    if (!byId) {
      const user = this.users(image)[0];
      if (!force && image.tags.length === 1 && user)
        return conflict(
          `conflict: unable to remove repository reference "${reference}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image ${shortId(image)}`,
        );
      this.untag(image, familiarTag(reference), removed);
      // With other names left, that was all; and so it is while a container still uses it.
      if (image.tags.length > 0 || (this.users(image).length > 0 && this.conflictOf(image, { force }) !== null))
        return ok(removed);
    } else if (image.tags.length === 1) {
      const used = this.useOf(image, { force });
      if (used !== null) return conflict(used);
      this.untag(image, image.tags[0] as string, removed);
    }
    const problem = this.conflictOf(image, { force });
    if (problem !== null) return conflict(problem);
    for (const tag of [...image.tags]) this.untag(image, tag, removed);
    this.all.splice(this.all.indexOf(image), 1);
    this.emit('delete', image);
    removed.push({ Deleted: image.id }, ...image.layers.toReversed().map((Deleted) => ({ Deleted })));
    return ok(removed);
  }

  /** Removes what no container uses: images without a name, or with `all` the others too. */
  prune({ all, fits }: { readonly all: boolean; readonly fits: (image: Image) => boolean }): {
    readonly removed: readonly Removed[];
    readonly freed: number;
  } {
    const removed: Removed[] = [];
    let freed = 0;
    for (const image of this.list()) {
      if (this.users(image).length > 0 || (!all && image.tags.length > 0) || !fits(image)) continue;
      for (const reference of image.tags.length > 0 ? [...image.tags] : [image.id]) {
        const result = this.remove(reference, { force: false });
        if (result.ok) removed.push(...result.value);
      }
      if (!this.all.includes(image)) freed += image.definition.size;
    }
    return { removed, freed };
  }

  users(image: Image): readonly Container[] {
    return this.daemon.containers.list().filter((container) => container.image === image);
  }

  private conflictOf(image: Image, { force }: { readonly force: boolean }): string | null {
    const running = this.useOf(image, { force: true });
    if (running !== null) return running;
    if (!force && image.tags.length > 0)
      return `conflict: unable to delete ${shortId(image)} (must be forced) - image is referenced in multiple repositories`;
    return this.useOf(image, { force });
  }

  /** A container that stands in the way; with force only one that runs. */
  private useOf(image: Image, { force }: { readonly force: boolean }): string | null {
    const users = this.users(image);
    const running = users.find((container) => container.running);
    if (running)
      return `conflict: unable to delete ${shortId(image)} (cannot be forced) - image is being used by running container ${running.id.slice(0, 12)}`;
    const [stopped] = users;
    if (force || !stopped) return null;
    return `conflict: unable to delete ${shortId(image)} (must be forced) - image is being used by stopped container ${stopped.id.slice(0, 12)}`;
  }

  private untag(image: Image, tag: string, removed: Removed[]): void {
    without(image.tags, tag);
    removed.push({ Untagged: tag });
    this.emit('untag', image);
  }

  private emit(action: string, image: Image, name = image.id): void {
    this.daemon.events.emit('image', action, image.id, { ...image.definition.config.Labels, name });
  }
}

const shortId = (image: Image): string => image.id.slice(7, 19);

function without(list: string[], item: string): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
