/** Arithmetic on 32-bit sequence numbers (RFC 9293 section 3.4): they wrap round, so "before" is a signed difference. */

export const add = (sequence: number, count: number): number => (sequence + count) >>> 0;
/** How far `a` is ahead of `b`; negative when behind. */
export const ahead = (a: number, b: number): number => (a - b) | 0;
export const before = (a: number, b: number): boolean => ((a - b) | 0) < 0;
export const after = (a: number, b: number): boolean => ((a - b) | 0) > 0;
