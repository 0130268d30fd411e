/** Somebody who waits: a process in a system call, as a rule. */
export interface Waiter {
  wake(): void;
}

/** Those who wait for one thing to change (include/linux/wait.h). Whoever is woken looks again and may wait anew. */
export class WaitQueue {
  private waiters: Waiter[] = [];

  add(waiter: Waiter): void {
    this.waiters.push(waiter);
  }

  remove(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter);
    if (at < 0) return;
    if (at === this.waiters.length - 1) this.waiters.pop();
    else this.waiters.splice(at, 1);
  }

  /** Wakes all, in the order in which they came. */
  wake(): void {
    if (this.waiters.length === 0) return;
    if (this.waiters.length === 1) {
      (this.waiters.pop() as Waiter).wake();
      return;
    }
    const woken = this.waiters;
    this.waiters = [];
    for (const waiter of woken) waiter.wake();
  }
}
