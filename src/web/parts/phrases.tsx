import { MAY_BREAK } from '../words/may-break.ts'

/** A title whose lines end where its words say that they may. */
export function Phrases({ of }: { of: string }) {
  return (
    <>
      {of.split(MAY_BREAK).map((part) => (
        <span class="phrase">{part}</span>
      ))}
    </>
  )
}

/** The same text in a sentence, or where nothing is broken. */
export const unbroken = (text: string): string => text.replaceAll(MAY_BREAK, '')
