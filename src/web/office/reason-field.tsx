import type { Refused } from '../../bank/refusal.ts'
import { TextField } from '../parts/fields.tsx'
import { japanese } from '../words/words.ts'
import { fieldError } from './visit.tsx'

const words = japanese.office.proposals

/** 起案の理由, which whoever decides will read. */
export const ReasonField = (props: {
  readonly hint: string
  readonly value?: string
  readonly refusal: Refused | undefined
}) => (
  <TextField
    name="reason"
    label={words.reason}
    hint={props.hint}
    value={props.value}
    error={fieldError(props.refusal, 'reason')}
  />
)

/** Facts that a form carries on, as they were reviewed. */
export const Carried = ({ fields }: { fields: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)
