/**
 * Files as plain data: absolute path to what stands there. Folders on the way to a path need not be named. Image layers and
 * the first files of a host are such trees; a later tree laid over an earlier one replaces what has the same path.
 */
export type FileTree = Readonly<Record<string, TreeEntry>>;

export type TreeEntry = (
  | { readonly content: string | Uint8Array }
  /** An executable: the name of its entry in the kernel's table of programs. */
  | { readonly program: string }
  | { readonly directory: true }
  | { readonly symlink: string }
  /** Another name for an entry of the same tree. */
  | { readonly hardLink: string }
) & { readonly mode?: number; readonly uid?: number; readonly gid?: number };
