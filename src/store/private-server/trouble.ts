/**
 * What keeps the private server from serving, in words for the person at the terminal. Thrown
 * inside this room only: the door (`private-server.ts`) turns it into a returned refusal.
 */
export class CannotServe extends Error {
  override readonly name = 'CannotServe'
}

const DISK_FULL =
  /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|free disk space|disk is full/i
const NOT_ALLOWED = /EACCES|EPERM|EROFS|Permission denied|Read-only file system|readonly database/i

/**
 * Words for a failure of the operating system or of PostgreSQL, or undefined when it is neither:
 * then it is a bug and has to surface as one.
 */
export function explain(error: unknown, dataFolder: string): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (DISK_FULL.test(error.message)) {
    return (
      `No space is left for the data folder ${dataFolder}. Free some and start again; ` +
      `nothing was lost. (${error.message})`
    )
  }
  if (error instanceof CannotServe) return error.message
  if (NOT_ALLOWED.test(error.message)) {
    return (
      `The data folder ${dataFolder} cannot be written by this user. Give it to the ` +
      `user that starts ichido, or name another with ICHIDO_DATA. (${error.message})`
    )
  }
  const ofTheSystem = 'syscall' in error || 'errcode' in error
  return ofTheSystem ? `The data folder ${dataFolder} is unusable: ${error.message}` : undefined
}
