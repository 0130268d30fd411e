/** Which place each thing has taken, by a key that outlives it: things keep their places as others come and go. */
export class Slots {
  private readonly taken = new Map<string, number>();

  /**
   * The slots of the things that are there now, in the given order. One that had a slot before gets it again unless another has taken
   * it; a new one gets the lowest that nobody has.
   */
  assign(group: string, keys: readonly string[]): number[] {
    const used = new Set<number>();
    const slots = keys.map((key) => {
      const slot = this.taken.get(`${group} ${key}`);
      if (slot === undefined || used.has(slot)) return -1;
      used.add(slot);
      return slot;
    });
    return slots.map((slot, i) => {
      if (slot !== -1) return slot;
      let free = 0;
      while (used.has(free)) free++;
      used.add(free);
      this.taken.set(`${group} ${keys[i]}`, free);
      return free;
    });
  }

  clear(): void {
    this.taken.clear();
  }
}
