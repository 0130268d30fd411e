import type { Fd } from '../../../kernel/syscalls/proc.ts';
import type { Headers } from '../../../wire/http/headers.ts';
import type { Coroutine } from '../../libc/event-loop.ts';

/** A body that is known before its first byte goes out. */
export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly fd: Fd; readonly size: number }
  /** From an upstream: part after part, null at the end; the length where the upstream told it. */
  | {
      readonly kind: 'stream';
      readonly length: number | null;
      readonly next: () => Coroutine<Uint8Array | null>;
      readonly close: () => Coroutine<void>;
    };

/** What a handler answers; a status without a body gets a page made for it. */
export interface Answer {
  readonly status: number;
  readonly body?: Body;
  /** null: none; absent: as the request's name and the settings say. */
  readonly contentType?: string | null;
  /** Milliseconds since 1970. */
  readonly lastModified?: number;
  readonly etag?: string;
  readonly location?: string;
  readonly headers?: Headers;
  /** Whether parts of it may be asked for. */
  readonly ranges?: boolean;
  /** From an upstream: its words for the status; conditions of the request have been its business. */
  readonly reason?: string;
}
