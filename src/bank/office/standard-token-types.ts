import type { TokenType } from '../token-type.ts'

const totp = { kind: 'totp', algorithm: 'SHA256', digits: 6, periodSeconds: 30 } as const

/** The types of token of the customers' guide, with its history: every bank begins with them. */
export const STANDARD_TOKEN_TYPES: readonly TokenType[] = [
  {
    ...totp,
    type: 'GM',
    name: 'しんきん（個人）ワンタイムパスワード',
    medium: 'phone',
    openFrom: '2017-03-13',
  },
  {
    ...totp,
    type: 'SY',
    name: 'シマンテック社製ソフトウェアトークン',
    medium: 'phone',
    closedFrom: '2017-07-24',
  },
  {
    ...totp,
    type: 'PC',
    name: 'ソフトウェアトークン（パソコン版）',
    medium: 'desktop',
    closedFrom: '2018-03-12',
  },
  { ...totp, type: 'HW', name: 'ハードウェアトークン', medium: 'hardware' },
]
