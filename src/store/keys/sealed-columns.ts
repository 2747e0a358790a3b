/**
 * Every column that holds sealed boxes, once, as data: what seals into a new column adds it here,
 * and a rotation of the data keys then seals it anew as well. One that is missing here is found by
 * `test/store/keys/sealed-columns.test.ts`.
 */
export interface SealedColumn {
  readonly table: string
  /** The column with the box. */
  readonly sealed: string
  /** The column with the version of its data key, which refers to the table `data_key`. */
  readonly keyVersion: string
  /** The column with the bank whose data key it is. */
  readonly bank: string
  /** SQL that names the row within the bank, as a text. */
  readonly row: string
  /** What the box is bound to, as in `bindingOf`: a label, and SQL of the facts of its row. */
  readonly label: string
  readonly facts: readonly string[]
}

/** Secrets of the centre that stand in a table of one row each are sealed under these names. */
export const INSTITUTION_KEY = 'institution-key'
export const INSTALLATION_SECRET = 'installation-secret'
/** With its version: the log may have several keys. */
export const EVIDENCE_KEY = 'evidence-key'

export const SEED_LABEL = 'seed'
export const SECRET_LABEL = 'confirmation'

const ofOneRow = { sealed: 'sealed', keyVersion: 'key_version', bank: 'bank_code', row: 'id::text' }

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'token',
    sealed: 'sealed_seed',
    keyVersion: 'key_version',
    bank: 'issuer',
    row: 'serial',
    label: SEED_LABEL,
    facts: ['issuer', 'serial', 'algorithm'],
  },
  {
    table: 'contract',
    sealed: 'sealed_secret',
    keyVersion: 'secret_key_version',
    bank: 'bank_code',
    row: 'contract_id',
    label: SECRET_LABEL,
    facts: ['bank_code', 'contract_id'],
  },
  {
    ...ofOneRow,
    table: 'institution_key',
    label: SECRET_LABEL,
    facts: ['bank_code', `'${INSTITUTION_KEY}'`],
  },
  {
    ...ofOneRow,
    table: 'installation_secret',
    label: SECRET_LABEL,
    facts: ['bank_code', `'${INSTALLATION_SECRET}'`],
  },
  {
    ...ofOneRow,
    table: 'evidence_key',
    row: 'version::text',
    label: SECRET_LABEL,
    facts: ['bank_code', `'${EVIDENCE_KEY}/' || version`],
  },
]
