/** What an operator is told about a seed file that was refused: what is wrong, and the way out. */
import type { SeedFault, SeedFaultReason } from '../bank/hardware/seed.ts'

type Words = string | ((fault: SeedFault) => string)

const ask = 'ask the maker for'
const about = (fault: SeedFault) => (fault.about === undefined ? '' : ` (${fault.about})`)

const WORDS = {
  'no-tokens': 'there is no token in it: is this the right file, and the right format?',
  compressed: 'the file is packed (gzip, zip): unpack it first',
  'not-utf-8': (fault) => `the file is not in UTF-8${about(fault)}: save it as UTF-8 and try again`,
  malformed: 'this is not well-formed: the file was changed, or is of another format',
  'cut-off': 'the file ends too early: fetch it again',
  'too-large': 'the file is larger than 2 GiB: divide it',
  'too-long': 'there is too much here that belongs to no token: is this a seed file?',
  'too-many-tokens': 'there are more than 1,000,000 keys in it: divide it',
  doctype: `a document type (DOCTYPE) is never read: ${ask} a file without one`,
  instruction: `a processing instruction is never read: ${ask} a file without one`,
  'too-deep': 'the elements are nested too deeply for a seed file',
  'too-many-attributes': 'an element has too many attributes for a seed file',
  'not-pskc': (fault) => `this is no PSKC 1.0 file: it begins with ${fault.about}`,
  'version-unsupported': (fault) =>
    `this is PSKC version ${fault.about ?? 'unknown'}: ${ask} version 1.0 (RFC 6030)`,
  'element-twice': (fault) => `${fault.about} stands here twice: ${ask} a corrected file`,
  'key-needed': 'the file is encrypted: give its key with --key-file or --key-hex',
  'passphrase-needed': 'the file is encrypted: give its passphrase with --passphrase-file',
  'key-length': (fault) => `the key has the wrong length: the file needs ${fault.about} bytes`,
  'wrong-key': 'the key or passphrase is wrong, or the file was changed',
  'encryption-unsupported': (fault) =>
    `this encryption is not supported${about(fault)}: ${ask} AES-CBC with a MAC, or AES key wrap`,
  'derivation-unsupported': (fault) =>
    `the key cannot be derived from the passphrase${about(fault)}: ${ask} PBKDF2 with a salt and at most 1,000,000 iterations`,
  'mac-missing': `an encrypted value has no MAC, so nobody can tell whether it was changed: ${ask} a file with MACs`,
  'mac-unsupported': (fault) => `this MAC is not supported${about(fault)}: ${ask} HMAC-SHA-256`,
  'seed-not-encrypted':
    'the seed is not encrypted, though a key was given or the file names one: was it changed?',
  columns: (fault) => `the columns do not fit${about(fault)}: compare them with the first row`,
  'column-unknown': (fault) => `the column${about(fault)} is unknown: rename or remove it`,
  'encoding-ambiguous':
    'the seeds could be hex or base32: name the column "secret hex" or "secret base32"',
  'field-missing': (fault) => `${fault.about} is missing`,
  'field-invalid': (fault) => `${fault.about} cannot be read`,
  'algorithm-unsupported': (fault) =>
    `this is a key for something else than HOTP or TOTP${about(fault)}`,
  'policy-unsupported': (fault) => `the key comes with a rule that is not kept here${about(fault)}`,
  'serial-invalid': 'the serial number must be 4 to 32 letters and digits',
  'serial-reserved': 'the serial number has the form of those of the token app',
  'seed-length': (fault) => `the seed has ${fault.about} bytes; it must have 16 to 64`,
  'digits-unsupported': (fault) => `codes must have 6 to 8 decimal digits, not ${fault.about}`,
  'period-unsupported': (fault) => `the period must be 30 or 60 seconds, not ${fault.about}`,
  'serial-twice': (fault) => `serial ${fault.serial} stands on line ${fault.firstLine} already`,
  'serial-taken': (fault) =>
    `serial ${fault.serial} exists already: was this file imported before?`,
} as const satisfies Record<SeedFaultReason, Words>

/** One line on one fault. */
export function seedFaultWords(fault: SeedFault): string {
  const words: Words = WORDS[fault.reason]
  return `line ${fault.line}: ${typeof words === 'string' ? words : words(fault)}`
}
