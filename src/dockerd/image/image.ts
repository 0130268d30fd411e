import { sha256 } from '../../base/sha256.ts';
import type { FileTree } from '../../kernel/fs/file-tree.ts';

/** What an image's configuration says of the containers made from it (OCI image config). */
export interface ImageConfig {
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly StopSignal?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Volumes?: Readonly<Record<string, object>>;
}

/** An image that the world puts onto a host. */
export interface ImageDefinition {
  /** `busybox:latest`. */
  readonly reference: string;
  readonly config: ImageConfig;
  readonly library: 'glibc' | 'musl';
  readonly layers: readonly FileTree[];
  /** RFC 3339. */
  readonly created: string;
  /** Bytes. */
  readonly size: number;
}

export class Image {
  readonly id: string;
  readonly tags: string[];

  constructor(readonly definition: ImageDefinition) {
    this.id = `sha256:${sha256(`${definition.reference} ${definition.created}`)}`;
    this.tags = [definition.reference];
  }
}

/** The images of a host: those of its world, found by name, name and tag, or id. */
export class ImageStore {
  readonly images: Image[];

  constructor(definitions: readonly ImageDefinition[]) {
    this.images = definitions.map((definition) => new Image(definition));
  }

  find(reference: string): Image | undefined {
    const tagged = /:[^/]+$/.test(reference) ? reference : `${reference}:latest`;
    const short = tagged.replace(/^docker\.io\//, '').replace(/^library\//, '');
    const byTag = this.images.find((image) => image.tags.includes(short));
    if (byTag) return byTag;
    const id = reference.replace(/^sha256:/, '');
    return /^[0-9a-f]{2,64}$/.test(id) ? this.images.find((image) => image.id.slice(7).startsWith(id)) : undefined;
  }
}
