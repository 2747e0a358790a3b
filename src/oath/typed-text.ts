/** Folds what Japanese keyboards produce for ASCII letters and digits back to ASCII. */

/** Far above any code or serial, far below what would cost time. */
const MAX_TYPED_LENGTH = 64

const FULL_WIDTH_ASCII = /[\uff01-\uff5e]/g
const FULL_WIDTH_OFFSET = 0xfee0

/**
 * Space, no-break space and U+3000; hyphen-minus, the hyphens and dashes U+2010 to U+2015, the
 * minus sign, and the long-vowel marks (full and half width) that an IME gives for the hyphen key.
 */
const SEPARATORS = /[ \u00a0\u3000\-\u2010-\u2015\u2212\u30fc\uff70]/g

/**
 * Full-width ASCII made narrow, separators removed, everything else left for the caller to judge;
 * `undefined` for a text too long to be meant.
 */
export function foldTyped(input: string): string | undefined {
  if (input.length > MAX_TYPED_LENGTH) return undefined
  return input
    .replace(FULL_WIDTH_ASCII, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET),
    )
    .replace(SEPARATORS, '')
}
