import { textOf } from '@holon/flow';

/** Why a file can't be read or written, in words; what the system says where there are none. */
export function fileProblem(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such folder';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not';
    case 'EROFS':
      return 'it is on a disk that can only be read';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : textOf(error);
  }
}
