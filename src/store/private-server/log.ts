/** The private server's log file, kept to two files of limited size. */
import fs from 'node:fs'

const LIMIT_BYTES = 8 * 1024 * 1024

/** Opens the log for appending, so that emptying it under a running server is safe. */
export function openLog(file: string): number {
  boundLog(file)
  return fs.openSync(file, 'a', 0o600)
}

/** Copies a log grown too large to `….1` and empties it. */
export function boundLog(file: string): void {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size <= LIMIT_BYTES) return
  fs.copyFileSync(file, `${file}.1`)
  fs.truncateSync(file)
}

/** What was written since the log had `offset` bytes: the reason of a failed start. */
export function logSince(file: string, offset: number): string {
  const lines = fs.readFileSync(file).subarray(offset).toString().trim().split('\n')
  const telling = lines.filter((line) => /FATAL|PANIC|ERROR|HINT|could not|No space/.test(line))
  return (telling.length > 0 ? telling : lines).slice(-5).join('\n')
}
