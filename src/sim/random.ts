/** Seeded randomness: sfc32 (Chris Doty-Humphrey, PractRand), small and fast. The only source of chance below the UI. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number) {
    this.a = seed | 0;
    this.b = Math.floor(seed / 2 ** 32) | 0;
    this.c = 0x9e3779b9 | 0;
    for (let i = 0; i < 12; i++) this.int32();
  }

  /** A signed 32-bit integer. */
  int32(): number {
    const t = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    return t;
  }

  /** An integer from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor(((this.int32() >>> 0) / 2 ** 32) * bound);
  }

  /** `length` hex digits, as ids and container names want them. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += (this.int32() >>> 0).toString(16).padStart(8, '0');
    return text.slice(0, length);
  }
}
