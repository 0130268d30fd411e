import { encodeUtf8 } from '../../base/bytes.ts';
import { ok, type Result } from '../../base/result.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { WaitQueue } from '../process/wait-queue.ts';
import type { Errno } from '../syscalls/errno.ts';
import type { Stat } from '../syscalls/file.ts';
import type { WindowSize } from '../syscalls/tty.ts';
import { Tty, TtyFile } from './tty.ts';

/** The master side: what a terminal emulator, or dockerd for a container, reads from and types into. */
export class PtyMaster implements OpenFile {
  private references = 0;

  constructor(private readonly tty: Tty) {}

  get changed(): WaitQueue {
    return this.tty.masterChanged;
  }

  readable(): boolean {
    return this.tty.masterReadable();
  }

  writable(): boolean {
    return true;
  }

  read(max: number): Result<Uint8Array, Errno> {
    return this.tty.masterRead(max);
  }

  write(data: Uint8Array): Result<number, Errno> {
    this.tty.typed(data);
    return ok(data.length);
  }

  stat(): Stat {
    return { type: 'character', mode: 0o666, uid: 0, gid: 0, size: 0, links: 1, modified: 0, inode: 2, device: 5 };
  }

  retain(): void {
    this.references++;
  }

  release(): void {
    if (--this.references === 0) this.tty.hangUp();
  }
}

/** A pseudo-terminal: a master and a slave with a line discipline between them (pty(7)). */
export class Pty {
  readonly tty: Tty;
  readonly master: PtyMaster;

  constructor(number: number, size: WindowSize) {
    this.tty = new Tty(number, size);
    this.master = new PtyMaster(this.tty);
  }

  /** A new open description of the slave. */
  slave(): OpenFile {
    return new TtyFile(this.tty);
  }

  /** Types into it, as a keyboard does. */
  type(text: string): void {
    this.tty.typed(encodeUtf8(text));
  }

  /** Hears all output at the moment when it is written: for the lab, in place of reading the master. */
  onOutput(listener: (bytes: Uint8Array) => void): void {
    this.tty.listen(listener);
  }

  resize(size: WindowSize): void {
    this.tty.resize(size);
  }
}
