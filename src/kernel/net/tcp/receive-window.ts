import { ahead } from './sequence.ts';

/** Bytes that wait for the reader at most (half of net.ipv4.tcp_rmem's default: the other half is the kernel's overhead). */
const BUFFER = 131_072;
const LARGEST_UNSCALED = 65_535;

/**
 * The window that we offer (__tcp_select_window, tcp_select_initial_window): it begins with whole segments within 64 KiB,
 * grows as the other side sends, never takes back what it offered, and closes rather than offer crumbs (RFC 9293 section
 * 3.8.6.2.2).
 */
export class ReceiveWindow {
  /** The sequence number after the last one that was offered. */
  edge = 0;
  private limit: number;

  /** @param mss the data of a full segment */
  constructor(private mss: number) {
    this.limit = ReceiveWindow.initial(mss);
  }

  /** What a SYN offers. */
  static initial(mss: number): number {
    return mss > LARGEST_UNSCALED ? LARGEST_UNSCALED : LARGEST_UNSCALED - (LARGEST_UNSCALED % mss);
  }

  /** The handshake says how much data a segment holds. */
  synchronised(mss: number, receiveNext: number): void {
    this.mss = mss;
    this.limit = ReceiveWindow.initial(mss);
    this.edge = (receiveNext + this.limit) >>> 0;
  }

  /** The other side sends full segments: it could use more (tcp_grow_window). */
  grow(length: number): void {
    if (this.limit < BUFFER && length >= this.mss) this.limit = Math.min(BUFFER, this.limit + 2 * this.mss);
  }

  /** What may still come by what was offered. */
  left(receiveNext: number): number {
    const left = ahead(this.edge, receiveNext);
    return left > 0 ? left : 0;
  }

  /** What to offer now, with so many bytes unread; in the header's units of 2^scale bytes. */
  offer(receiveNext: number, unread: number, scale: number): number {
    const offered = this.left(receiveNext);
    let window = this.wanted(unread);
    if (window < offered) window = offered;
    // Rounded up, so that the edge never steps back.
    const units = Math.min(LARGEST_UNSCALED, (window + (1 << scale) - 1) >>> scale);
    this.edge = (receiveNext + units * 2 ** scale) >>> 0;
    return units;
  }

  /** Whether a reader who has made room should say so at once: the window has at least doubled (tcp_cleanup_rbuf). */
  opened(receiveNext: number, unread: number): boolean {
    const left = this.left(receiveNext);
    return 2 * left <= this.limit && this.wanted(unread) >= Math.max(1, 2 * left);
  }

  private wanted(unread: number): number {
    const free = BUFFER - unread;
    if (free < Math.min(this.mss, BUFFER >> 1) || free < BUFFER >> 4) return 0;
    return Math.min(free, this.limit);
  }
}
