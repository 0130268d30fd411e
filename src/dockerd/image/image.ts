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

/** An image on a host: its tags come and go. */
export class Image {
  readonly id: string;
  readonly tags: string[];
  /** Digests of its layers, lowest first. */
  readonly layers: readonly string[];

  constructor(readonly definition: ImageDefinition) {
    const { reference, created } = definition;
    this.id = `sha256:${sha256(`${reference} ${created}`)}`;
    this.tags = [reference];
    this.layers = definition.layers.map((_, i) => `sha256:${sha256(`${reference} layer ${i}`)}`);
  }
}
