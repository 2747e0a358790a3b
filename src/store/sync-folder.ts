import fs from 'node:fs'
import path from 'node:path'

/** The name of a file is on the disk when its folder is; Windows keeps it with the file. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return
  const folder = fs.openSync(path.dirname(path.resolve(file)), 'r')
  try {
    fs.fsyncSync(folder)
  } finally {
    fs.closeSync(folder)
  }
}
