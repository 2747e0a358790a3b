import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { CARD_IMAGES } from '../../src/bank/card-images.ts'
import { CardPictureSheet } from '../../src/web/parts/card-images.tsx'
import { ConfirmationFields } from '../../src/web/parts/confirmation.tsx'
import { parts } from '../../src/web/words/ja/parts.ts'
import { all, main, page } from './rendered.tsx'

const style = readFileSync(new URL('../../src/web/parts/style.css', import.meta.url), 'utf8')

describe('the pictures', () => {
  test('are two dozen, each with a word of its own and a drawing of at most 600 bytes', () => {
    expect(new Set(Object.values(parts.images)).size).toBe(CARD_IMAGES.length)
    const html = main(<CardPictureSheet names={CARD_IMAGES} />)
    const drawings = all(html, /<symbol [^>]*>(.*?)<\/symbol>/g)
    expect(drawings).toHaveLength(24)
    for (const drawing of drawings) expect(drawing?.length).toBeLessThanOrEqual(600)
  })
})

describe('the style sheet', () => {
  test('is light enough for the heaviest page: at most 40 KiB together', () => {
    const challenge = {
      kind: 'image-card',
      positions: [4, 11],
      choices: CARD_IMAGES.slice(0, 12),
    } as const
    const html = page(<ConfirmationFields challenge={challenge} />)
    // Only the style sheet is compressed (`web/static-files.ts`).
    const styleBytes = gzipSync(style).length
    expect(Buffer.byteLength(html) + styleBytes).toBeLessThan(36 * 1024)
    expect(styleBytes).toBeLessThan(7 * 1024)
  })

  test('is dark in the same way by device and by data-theme', () => {
    const darkBlocks = all(style, /color-scheme: dark;([^}]*)\}/g).map((block) =>
      block?.replace(/\/\*.*?\*\//g, '').replace(/\s+/g, ' '),
    )
    expect(darkBlocks).toHaveLength(2)
    expect(darkBlocks[0]).toBe(darkBlocks[1])
  })
})
