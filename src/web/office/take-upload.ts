import { type Refused, refused } from '../../bank/refusal.ts'
import { lanes } from '../lanes.ts'
import { isMultipart, receiveUpload, type Upload, UploadBroken } from '../upload.ts'
import { japanese } from '../words/words.ts'
import { type StaffVisit, showDeadEnd } from './visit.tsx'

const words = japanese.office

/** A file above this is divided, or imported on the command line. */
export const MOST_UPLOAD_BYTES = 200 * 1024 * 1024

/** Imports of one bank come one after another anyway; a line of them must not hold connections. */
const lane = lanes({ abreast: 1, waiting: 3 })

/** Takes an upload of somebody who may: only now the body is read, its first field before all else. */
export async function takeUpload(
  visit: StaffVisit,
  work: (visit: StaffVisit, upload: Upload) => Promise<Response>,
): Promise<Response> {
  const { c, browser, site, bank } = visit
  if (!isMultipart(c)) return c.text(words.unreadable[415], 415)
  try {
    const outcome = await lane(bank.bankCode, () =>
      receiveUpload(c, {
        isOwn: (csrf) => site.browsers.isOwnForm(c, browser, csrf),
        work: (upload) => work(visit, upload),
        mostLeftBytes: MOST_UPLOAD_BYTES,
      }),
    )
    if (outcome === 'full') return await showDead(visit, refused('too-many-requests'))
    return outcome === 'foreign' ? await showDead(visit, refused('out-of-order')) : outcome
  } catch (error) {
    if (error instanceof UploadBroken) return await showDead(visit, refused('out-of-order'))
    throw error
  }
}

const showDead = (visit: StaffVisit, refusal: Refused) =>
  showDeadEnd(visit, words.service, refusal, { href: visit.c.req.path, label: words.back }, visit)
