/** Why a system call failed: the errors that this kernel knows (errno(3)). */
export type Errno =
  | 'E2BIG'
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'EAGAIN'
  | 'EALREADY'
  | 'EBADF'
  | 'EBUSY'
  | 'ECHILD'
  | 'ECONNABORTED'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EDESTADDRREQ'
  | 'EEXIST'
  | 'EHOSTUNREACH'
  | 'EINPROGRESS'
  | 'EINTR'
  | 'EINVAL'
  | 'EIO'
  | 'EISCONN'
  | 'EISDIR'
  | 'ELOOP'
  | 'EMFILE'
  | 'EMSGSIZE'
  | 'ENAMETOOLONG'
  | 'ENETDOWN'
  | 'ENETUNREACH'
  | 'ENODEV'
  | 'ENOENT'
  | 'ENOEXEC'
  | 'ENOMEM'
  | 'ENOPROTOOPT'
  | 'ENOSPC'
  | 'ENOSYS'
  | 'ENOTCONN'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'ENOTSOCK'
  | 'ENOTTY'
  | 'ENXIO'
  | 'EOPNOTSUPP'
  | 'EPERM'
  | 'EPIPE'
  | 'EPROTONOSUPPORT'
  | 'EROFS'
  | 'ESPIPE'
  | 'ESRCH'
  | 'ETIMEDOUT'
  | 'EXDEV';

/** [glibc's words, musl's words where they differ]; the host has glibc, the images have musl. */
const WORDS: Record<Errno, readonly [string, string?]> = {
  E2BIG: ['Argument list too long'],
  EACCES: ['Permission denied'],
  EADDRINUSE: ['Address already in use', 'Address in use'],
  EADDRNOTAVAIL: ['Cannot assign requested address', 'Address not available'],
  EAFNOSUPPORT: ['Address family not supported by protocol'],
  EAGAIN: ['Resource temporarily unavailable'],
  EALREADY: ['Operation already in progress'],
  EBADF: ['Bad file descriptor'],
  EBUSY: ['Device or resource busy', 'Resource busy'],
  ECHILD: ['No child processes', 'No child process'],
  ECONNABORTED: ['Software caused connection abort', 'Connection aborted'],
  ECONNREFUSED: ['Connection refused'],
  ECONNRESET: ['Connection reset by peer'],
  EDESTADDRREQ: ['Destination address required'],
  EEXIST: ['File exists'],
  EHOSTUNREACH: ['No route to host', 'Host is unreachable'],
  EINPROGRESS: ['Operation now in progress', 'Operation in progress'],
  EINTR: ['Interrupted system call'],
  EINVAL: ['Invalid argument'],
  EIO: ['Input/output error', 'I/O error'],
  EISCONN: ['Transport endpoint is already connected', 'Socket is connected'],
  EISDIR: ['Is a directory'],
  ELOOP: ['Too many levels of symbolic links', 'Symbolic link loop'],
  EMFILE: ['Too many open files', 'No file descriptors available'],
  EMSGSIZE: ['Message too long', 'Message too large'],
  ENAMETOOLONG: ['File name too long', 'Filename too long'],
  ENETDOWN: ['Network is down'],
  ENETUNREACH: ['Network is unreachable', 'Network unreachable'],
  ENODEV: ['No such device'],
  ENOENT: ['No such file or directory'],
  ENOEXEC: ['Exec format error'],
  ENOMEM: ['Cannot allocate memory', 'Out of memory'],
  ENOPROTOOPT: ['Protocol not available'],
  ENOSPC: ['No space left on device'],
  ENOSYS: ['Function not implemented'],
  ENOTCONN: ['Transport endpoint is not connected', 'Socket not connected'],
  ENOTDIR: ['Not a directory'],
  ENOTEMPTY: ['Directory not empty'],
  ENOTSOCK: ['Socket operation on non-socket', 'Not a socket'],
  ENOTTY: ['Inappropriate ioctl for device', 'Not a tty'],
  ENXIO: ['No such device or address'],
  EOPNOTSUPP: ['Operation not supported', 'Not supported'],
  EPERM: ['Operation not permitted'],
  EPIPE: ['Broken pipe'],
  EPROTONOSUPPORT: ['Protocol not supported'],
  EROFS: ['Read-only file system'],
  ESPIPE: ['Illegal seek', 'Invalid seek'],
  ESRCH: ['No such process'],
  ETIMEDOUT: ['Connection timed out', 'Operation timed out'],
  EXDEV: ['Invalid cross-device link', 'Cross-device link'],
};

/** The C library's words for an error. */
export function strerror(errno: Errno, library: 'glibc' | 'musl'): string {
  const [glibc, musl] = WORDS[errno];
  return library === 'musl' ? (musl ?? glibc) : glibc;
}
