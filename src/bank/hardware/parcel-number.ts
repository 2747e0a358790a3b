import { foldTyped } from '../../oath/typed-text.ts'

/** 簡易書留 has eleven digits; other registered mail twelve or thirteen. */
const PARCEL_NUMBER = /^\d{11,13}$/

/**
 * The number of a parcel as typed or scanned, digits only: hyphens, spaces and full width are
 * forgiven. Undefined when it is none.
 */
export function readParcelNumber(typed: string): string | undefined {
  const text = foldTyped(typed)
  return text !== undefined && PARCEL_NUMBER.test(text) ? text : undefined
}

/** As it stands on the label: `123-45-67890-1`. */
export function writtenParcelNumber(parcelNo: string): string {
  const [, ...parts] = /^(\d{3})(\d{2})(\d{5})(\d)$/.exec(parcelNo) ?? []
  return parts.length > 0 ? parts.join('-') : parcelNo
}
