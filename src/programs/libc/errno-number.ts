import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';

/** Linux's numbers of the errors that programs print with them (asm-generic/errno.h). */
const NUMBERS: Partial<Record<Errno, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
  ENAMETOOLONG: 36,
  ELOOP: 40,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETDOWN: 100,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
};

/** `2: No such file or directory` */
export function numberedError(errno: Errno, library: 'glibc' | 'musl'): string {
  return `${NUMBERS[errno] ?? 0}: ${strerror(errno, library)}`;
}
