/**
 * Under which user the server runs. PostgreSQL refuses to run as root, so root hands it to an
 * existing user without rights; anyone else runs it as himself.
 */
import fs from 'node:fs'
import { CannotServe } from './trouble.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Users without rights that every system has, in order of preference. */
const UNPRIVILEGED = ['nobody', 'daemon']

/** The account to change to, or undefined to stay. A cluster that exists decides by its owner. */
export function chooseAccount(cluster: string): Account | undefined {
  const uid = process.getuid?.()
  if (uid === undefined) return undefined
  const owner = fs.statSync(cluster, { throwIfNoEntry: false })
  if (uid !== 0) {
    if (owner === undefined || owner.uid === uid) return undefined
    throw new CannotServe(
      `${cluster} belongs to another user (uid ${owner.uid}): it was probably made as root. ` +
        'Start ichido as that user or as root, or name another folder with ICHIDO_DATA.',
    )
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return unprivileged(fs.readFileSync('/etc/passwd', 'utf8'))
}

function unprivileged(passwd: string): Account {
  const users = passwd.split('\n').map((line) => line.split(':'))
  for (const wanted of UNPRIVILEGED) {
    const [, , uid, gid] = users.find(([name]) => name === wanted) ?? []
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new CannotServe(
    'PostgreSQL does not run as root, and /etc/passwd has no user `nobody` to run it as. ' +
      'Start ichido as an ordinary user, or name a database with DATABASE_URL.',
  )
}
