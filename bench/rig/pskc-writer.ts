/** PSKC files (RFC 6030) as makers write them, for the bench and the tests. */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'

export interface MadeKey {
  readonly serial: string
  readonly seed: Uint8Array
  readonly kind?: 'totp' | 'hotp'
  readonly suite?: string
  readonly digits?: number
  readonly periodSeconds?: number
  readonly counter?: number
}

/** How the seeds are locked; without it they stand there plainly. */
export interface Lock {
  readonly cipher: 'aes128-cbc' | 'aes192-cbc' | 'aes256-cbc' | `kw-aes${128 | 192 | 256}`
  readonly key: Uint8Array
  /** None where the key itself is that of the MAC, as in older files. */
  readonly macKey?: Uint8Array
  readonly mac?: 'sha1' | 'sha256' | 'sha512' | 'none'
}

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const DSIG = {
  sha1: '2000/09/xmldsig',
  sha256: '2001/04/xmldsig-more',
  sha512: '2001/04/xmldsig-more',
}

/** All before the first key. `encryptionKey` says otherwise how the key comes to be. */
export function pskcHead(
  lock?: Lock,
  encryptionKey = '<ds:KeyName>Pre-shared</ds:KeyName>',
): string {
  const root = `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"
    xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="${XMLENC}"
    xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
    xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">\n`
  if (lock === undefined) return root
  const { mac = 'sha1', macKey } = lock
  const method =
    mac === 'none'
      ? ''
      : `    <MACMethod Algorithm="http://www.w3.org/${DSIG[mac]}#hmac-${mac}">
${macKey === undefined ? '' : `        <MACKey>${cipherXml(lock, encrypted(lock, macKey))}</MACKey>\n`}    </MACMethod>\n`
  return `${root}    <EncryptionKey>${encryptionKey}</EncryptionKey>\n${method}`
}

export const PSKC_FOOT = '</KeyContainer>\n'

export function pskcPackage(made: MadeKey, lock?: Lock): string {
  const { serial, seed, kind = 'totp', digits = 6 } = made
  const moving =
    kind === 'hotp'
      ? `<Counter><PlainValue>${made.counter ?? 0}</PlainValue></Counter>`
      : `<TimeInterval><PlainValue>${made.periodSeconds ?? 30}</PlainValue></TimeInterval>`
  return `    <KeyPackage>
        <DeviceInfo>
            <Manufacturer>Acme Tokens</Manufacturer>
            <SerialNo>${serial}</SerialNo>
            <Model>A-100</Model>
        </DeviceInfo>
        <Key Id="${serial}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${kind}">
            <Issuer>Acme</Issuer>
            <AlgorithmParameters>
                ${made.suite === undefined ? '' : `<Suite>${made.suite}</Suite>`}
                <ResponseFormat Length="${digits}" Encoding="DECIMAL"/>
            </AlgorithmParameters>
            <Data>
                <Secret>
                    ${lock === undefined ? plainXml(seed) : lockedXml(seed, lock)}
                </Secret>
                ${moving}
            </Data>
        </Key>
    </KeyPackage>\n`
}

export const pskcFile = (keys: readonly MadeKey[], lock?: Lock): string =>
  pskcHead(lock) + keys.map((key) => pskcPackage(key, lock)).join('') + PSKC_FOOT

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const plainXml = (seed: Uint8Array) => `<PlainValue>${base64(seed)}</PlainValue>`

function lockedXml(seed: Uint8Array, lock: Lock): string {
  const bytes = encrypted(lock, seed)
  const { mac = 'sha1', macKey = lock.key } = lock
  const value = `<EncryptedValue>${cipherXml(lock, bytes)}</EncryptedValue>`
  if (mac === 'none') return value
  return `${value}<ValueMAC>${base64(createHmac(mac, macKey).update(bytes).digest())}</ValueMAC>`
}

const cipherXml = ({ cipher }: Lock, bytes: Uint8Array) =>
  `<xenc:EncryptionMethod Algorithm="${XMLENC}${cipher}"/><xenc:CipherData><xenc:CipherValue>${base64(bytes)}</xenc:CipherValue></xenc:CipherData>`

function encrypted({ cipher, key }: Lock, plain: Uint8Array): Buffer {
  const bits = key.length * 8
  if (cipher.startsWith('kw-')) {
    const wrap = createCipheriv(`aes${bits}-wrap`, key, Buffer.alloc(8, 0xa6))
    return Buffer.concat([wrap.update(plain), wrap.final()])
  }
  const iv = randomBytes(16)
  const cbc = createCipheriv(`aes-${bits}-cbc`, key, iv)
  return Buffer.concat([iv, cbc.update(plain), cbc.final()])
}
