/**
 * Stands in a title where it may be broken: browsers take ワンタイムパスワード利用開始 for one phrase and
 * break it anywhere.
 */
export const MAY_BREAK = '\u200b'

/** Stands where a text may not be broken: within a day, and between it and its weekday. */
export const NO_BREAK = '\u2060'
