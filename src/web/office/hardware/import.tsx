import type { SeedFault, SeedFormat } from '../../../bank/hardware/seed.ts'
import { TOKEN_SHAPES } from '../../../bank/hardware/stock.ts'
import type { SeedImportRefused, SeedImportResult } from '../../../bank/procedures/seed-import.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { importSeedFile } from '../../../seed-files/import-seed-file.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { PasswordField, RadioGroup, TextField } from '../../parts/fields.tsx'
import { FileField } from '../../parts/file-field.tsx'
import { Notice } from '../../parts/messages.tsx'
import type { Upload } from '../../upload.ts'
import { japanese } from '../../words/words.ts'
import { MOST_UPLOAD_BYTES } from '../take-upload.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { showHardware } from './frame.tsx'
import { importNotes, progressOf } from './import-notes.ts'

const words = japanese.office.seedImport
const { shapes, anyShape } = japanese.office.hardware
const REFRESH_SECONDS = 5

/** シードファイルの取込: the form; the file is its last field. */
export const importPage = (visit: StaffVisit) => showForm(visit)

/** Reads the file as it comes. The answer is there when all of it is on stock, or nothing. */
export async function importUpload(visit: StaffVisit, upload: Upload): Promise<Response> {
  const { form, fileName } = upload
  const read = readForm(form)
  if (!read.ok) return showForm(visit, read, form)
  if (fileName === '') return showForm(visit, refused('invalid-input', 'file'), form)
  const notes = importNotes(visit, form.text('watch'))
  notes.running(0)
  const { site, staffRequest } = visit
  try {
    const outcome = await importSeedFile(site.ports, staffRequest, upload.bytes, {
      ...read.value,
      fileName,
      limits: { mostBytes: MOST_UPLOAD_BYTES, ...site.seedLimits },
      onProgress: notes.running,
    })
    await notes.end(outcome.ok ? 'done' : 'failed', outcome.ok ? outcome.value.imported : 0)
    return outcome.ok ? showDone(visit, outcome.value) : showForm(visit, outcome, form, outcome)
  } catch (error) {
    await notes.end('failed', 0)
    throw error
  }
}

const FORMATS = ['pskc', 'csv'] as const satisfies readonly SeedFormat[]

/** What the form says of the file. The key itself is nowhere told again. */
function readForm(form: SubmittedForm) {
  const format = FORMATS.find((known) => known === form.text('format'))
  if (format === undefined) return refused('invalid-input', 'format')
  const shape = TOKEN_SHAPES.find((known) => String(known) === form.text('shape'))
  const hex = form.text('key').replace(/\s/g, '')
  if (!/^([0-9A-Fa-f]{2})*$/.test(hex)) return refused('invalid-input', 'key')
  const passphrase = form.text('passphrase')
  const value = {
    type: form.text('type').trim(),
    format,
    unlocking: {
      ...(hex !== '' && { key: new Uint8Array(Buffer.from(hex, 'hex')) }),
      ...(passphrase !== '' && { passphrase }),
    },
    ...(shape !== undefined && { shape }),
  }
  return { ok: true, value } as const
}

function showForm(
  visit: StaffVisit,
  refusal?: Refused,
  form = EMPTY_FORM,
  faults?: SeedImportRefused,
): Promise<Response> {
  const watch = visit.site.ports.random.id()
  const [fault] = faults?.faults ?? []
  const opener = fault && openerOf(fault, form)
  return Promise.resolve(
    showHardware(visit, {
      title: words.title,
      section: 'import',
      refused: refusal && opener !== undefined ? { ...refusal, field: opener } : refusal,
      wide: false,
      children: (
        <>
          {faults && faults.faults.length > 0 && <Faults refusal={faults} />}
          <p>{words.text}</p>
          {/* No secret comes back, and no file. */}
          {refusal && <p>{words.onceMore}</p>}
          <form
            class="form"
            method="post"
            enctype="multipart/form-data"
            action={visit.paths.hardwareImport}
          >
            <input type="hidden" name="csrf" value={visit.browser.csrf} />
            <input type="hidden" name="watch" value={watch} />
            <ImportFields
              form={form}
              errorOf={(name) => {
                if (opener === undefined) return fieldError(refusal, name)
                return fault && opener === name ? words.fault(fault) : undefined
              }}
            />
            <p class="note">
              {words.watchHint}{' '}
              <a href={visit.paths.hardwareImportWatch(watch)} target="_blank" rel="noopener">
                {words.watch}
              </a>
            </p>
            <div class="form__buttons">
              <button type="submit" class="button button--primary">
                {words.submit}
              </button>
            </div>
          </form>
        </>
      ),
    }),
  )
}

/** What did not open the file is put right in its own field, and not at the file. */
function openerOf({ reason }: SeedFault, form: SubmittedForm): 'key' | 'passphrase' | undefined {
  if (reason === 'key-needed' || reason === 'key-length') return 'key'
  if (reason === 'passphrase-needed') return 'passphrase'
  // A key goes before a passphrase, where both are given.
  if (reason === 'wrong-key') return form.text('key') === '' ? 'passphrase' : 'key'
  return undefined
}

function ImportFields(props: {
  readonly form: SubmittedForm
  readonly errorOf: (name: string) => string | undefined
}) {
  const { form, errorOf } = props
  return (
    <>
      <RadioGroup
        name="format"
        legend={words.format}
        options={FORMATS.map((format) => ({ value: format, label: words.formats[format] }))}
        value={form.text('format')}
        error={errorOf('format')}
      />
      <RadioGroup
        name="shape"
        legend={words.shape}
        options={[
          ...TOKEN_SHAPES.map((shape) => ({ value: String(shape), label: shapes[shape] })),
          { value: 'any', label: anyShape },
        ]}
        value={form.text('shape')}
      />
      <TextField
        name="type"
        label={words.type}
        value={form.text('type') || 'HW'}
        width="short"
        error={errorOf('type')}
      />
      <PasswordField
        name="key"
        label={words.key}
        hint={words.keyHint}
        autoComplete="off"
        error={errorOf('key')}
      />
      <PasswordField
        name="passphrase"
        label={words.passphrase}
        hint={words.passphraseHint}
        autoComplete="off"
        error={errorOf('passphrase')}
      />
      <FileField
        name="file"
        label={words.file}
        hint={words.fileHint}
        accept=".xml,.pskc,.pskcxml,.csv,.txt"
        error={errorOf('file')}
      />
    </>
  )
}

function Faults({ refusal }: { refusal: SeedImportRefused }) {
  return (
    <section aria-label={words.caption}>
      <p>{words.refused}</p>
      <WorkTable
        caption={words.caption}
        columns={[words.line, words.reason]}
        empty=""
        rows={refusal.faults.map((fault) => [
          words.at(fault.line),
          <span data-field="fault" data-value={fault.reason}>
            {words.fault(fault)}
          </span>,
        ])}
      />
      {refusal.more > 0 && <p>{words.more(refusal.more)}</p>}
    </section>
  )
}

function showDone(visit: StaffVisit, result: SeedImportResult): Promise<Response> {
  const { leftOut, expired, weak, signed } = result.remarks
  const remarks = [
    ...(leftOut > 0 ? [words.remarks.leftOut(leftOut)] : []),
    ...(expired > 0 ? [words.remarks.expired(expired)] : []),
    ...(weak > 0 ? [words.remarks.weak(weak)] : []),
    ...(signed ? [words.remarks.signed] : []),
  ]
  return Promise.resolve(
    showHardware(visit, {
      title: words.title,
      section: 'import',
      wide: false,
      children: (
        <>
          <Notice kind="success" heading={words.done(result.imported)} />
          <Facts
            items={[
              { field: 'batch', label: words.batch, value: result.batch, large: true },
              {
                field: 'imported',
                label: words.tokens,
                value: result.imported.toLocaleString('ja-JP'),
                dataValue: String(result.imported),
              },
            ]}
          />
          {remarks.length > 0 && (
            <Notice kind="warning" heading={words.remarksHeading}>
              <ul>
                {remarks.map((remark) => (
                  <li>{remark}</li>
                ))}
              </ul>
            </Notice>
          )}
          <p>
            <a class="button button--primary" href={visit.paths.hardware}>
              {words.toStock}
            </a>
          </p>
          <p>
            <a href={visit.paths.hardwareImport}>{words.again}</a>
          </p>
        </>
      ),
    }),
  )
}

/** How far the import has come, asked for anew until it is over. */
export async function watchPage(visit: StaffVisit) {
  const watch = visit.c.req.param('watch') ?? ''
  const progress = await progressOf(visit, watch)
  const isOver = progress !== undefined && progress.state !== 'running'
  if (!isOver) visit.c.header('Refresh', String(REFRESH_SECONDS))
  return showHardware(visit, {
    title: words.watchTitle,
    section: 'import',
    wide: false,
    children: (
      <>
        <p class="progress" role="status" data-field="progress" data-value={progress?.state}>
          {progress === undefined ? words.waiting : SAID[progress.state](progress.tokens)}
        </p>
        {!isOver && <p class="note">{words.refreshText}</p>}
        <p>
          <a href={visit.paths.hardwareImportWatch(watch)}>{words.refresh}</a>
        </p>
      </>
    ),
  })
}

const SAID = { running: words.running, done: words.ended, failed: () => words.failed } as const
