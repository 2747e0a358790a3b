/**
 * Where the server listens. The socket lies in the cluster's own folder, which only the server's
 * user and root can enter. The server binds it by a relative name, so the length limit of socket
 * names (107 bytes, 103 on macOS) concerns clients only: they get a short link where the folder's
 * own name is too long. Unix sockets being uncertain on Windows, the loopback address serves there.
 */
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const SOCKET_PORT = 5432
const LINK_NAME = 's'
const SOCKET_NAME_LIMIT_BYTES = process.platform === 'linux' ? 107 : 103

export interface Address {
  /** A host name, or the folder of the socket. */
  readonly host: string
  readonly port: number
  /** The temporary folder that holds the short link, where one was needed. */
  readonly alias?: string
}

const fits = (folder: string) =>
  Buffer.byteLength(path.join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_NAME_LIMIT_BYTES

export async function chooseAddress(cluster: string): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  if (fits(cluster)) return { host: cluster, port: SOCKET_PORT }
  const roomy = fits(path.join(os.tmpdir(), 'ichido-xxxxxx', LINK_NAME))
  const alias = fs.mkdtempSync(path.join(roomy ? os.tmpdir() : '/tmp', 'ichido-'))
  const host = path.join(alias, LINK_NAME)
  fs.symlinkSync(cluster, host)
  return { host, port: SOCKET_PORT, alias }
}

/** Keeps the short link young and in place: temporary folders are swept by age. */
export function refreshAlias({ alias, host }: Address, cluster: string): void {
  if (alias === undefined) return
  fs.mkdirSync(alias, { recursive: true, mode: 0o700 })
  const now = new Date()
  if (fs.lstatSync(host, { throwIfNoEntry: false })) fs.lutimesSync(host, now, now)
  else fs.symlinkSync(cluster, host)
}

/** Takes away the link and its folder, and never more: the name may come from a file. */
export function removeAlias({ alias }: Address): void {
  if (alias === undefined) return
  const link = path.join(alias, LINK_NAME)
  if (fs.lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) fs.unlinkSync(link)
  const isEmpty = fs.existsSync(alias) && fs.readdirSync(alias).length === 0
  if (isEmpty) fs.rmdirSync(alias)
}

/** The settings that make the server listen there. */
export const listenSettings = (address: Address): Record<string, string> =>
  process.platform === 'win32'
    ? { listen_addresses: address.host, unix_socket_directories: '', port: String(address.port) }
    : { listen_addresses: '', unix_socket_directories: '.', port: String(address.port) }

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
