import type { BankProfile } from '../contract.ts'
import { done, type Outcome, refused } from '../refusal.ts'

/** The parts of a notice that are a bank's own words; what happened stands between them. */
export interface NoticeTemplate {
  readonly greeting: string
  readonly closing: string
  readonly signature: string
}

export const TEMPLATE_PARTS = ['greeting', 'closing', 'signature'] as const

/** What a bank that has not written its own says. */
export const STANDARD_TEMPLATE: NoticeTemplate = {
  greeting: '{金庫名}をご利用いただきありがとうございます。',
  closing: `お心当たりのない場合は、ただちに下記までご連絡ください。
このメールにリンクはありません。当金庫がメールでパスワードをお尋ねすることもありません。`,
  signature: `{金庫名} {部署}
電話 {電話}（{受付時間}）`,
}

/** What stands for what in the bank's own words, as its staff types it. */
const PLACEHOLDERS: Readonly<Record<string, (bank: BankProfile) => string>> = {
  '{金庫名}': (bank) => bank.name,
  '{部署}': (bank) => bank.contact.department,
  '{電話}': (bank) => bank.contact.phone,
  '{受付時間}': (bank) => bank.contact.hours,
}

export const PLACEHOLDER_NAMES: readonly string[] = Object.keys(PLACEHOLDERS)

/** What braces hold, or a brace that has no other half. */
const BRACED = /\{[^{}]*\}|[{}]/g

/** The words as the customer reads them. */
export const filledIn = (part: string, bank: BankProfile): string =>
  part.replaceAll(BRACED, (braced) =>
    Object.hasOwn(PLACEHOLDERS, braced) ? (PLACEHOLDERS[braced]?.(bank) ?? '') : braced,
  )

const MOST_CHARACTERS = 400

/**
 * Addresses that mail programs turn into links: with a scheme, with `www`, or any name of a host,
 * also behind an `@` and in full width.
 */
const LINK = /:\/\/|\bwww\.|[\p{L}\p{N}-]\.[a-z]{2,}/iu

/**
 * The template that was typed.
 *
 * Refusals, each with the field: `invalid-input` (empty, too long; a signature without telephone
 * number, to which the notice refers), `unknown-placeholder`, `has-link`.
 */
export function readTemplate(typed: NoticeTemplate): Outcome<NoticeTemplate> {
  const read = {
    greeting: typed.greeting.trim(),
    closing: typed.closing.trim(),
    signature: typed.signature.trim(),
  }
  for (const part of TEMPLATE_PARTS) {
    const text = read[part]
    if (text === '' || [...text].length > MOST_CHARACTERS) return refused('invalid-input', part)
    const braced = text.match(BRACED) ?? []
    if (!braced.every((name) => Object.hasOwn(PLACEHOLDERS, name))) {
      return refused('unknown-placeholder', part)
    }
    if (LINK.test(text.normalize('NFKC'))) return refused('has-link', part)
  }
  if (!read.signature.includes('{電話}')) return refused('invalid-input', 'signature')
  return done(read)
}

/** A template as it waits in a proposal. */
export const templateOf = (facts: Readonly<Record<string, unknown>>): NoticeTemplate => ({
  greeting: String(facts.greeting ?? ''),
  closing: String(facts.closing ?? ''),
  signature: String(facts.signature ?? ''),
})
