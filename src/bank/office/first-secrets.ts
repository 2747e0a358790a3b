import { CARD_IMAGES } from '../card-images.ts'
import type { ConfirmationMethod } from '../contract.ts'
import type { Random } from '../ports.ts'

/** As long as the letter with an enrolment password is good for. */
export const ENROLMENT_LIFE_MS = 60 * 24 * 60 * 60 * 1000

/** Letters and digits that cannot be taken for one another on paper. */
const ENROLMENT_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'
const ENROLMENT_LENGTH = 10

const PASSWORD_DIGITS = 6
const CARD_POSITIONS = 20
const CARD_DIGITS = 2
const CARD_PICTURES = 9

/** The password on paper with which a customer enrols: 57 bits. */
export const drawEnrolmentPassword = (random: Random): string =>
  drawn(ENROLMENT_LENGTH, () => ENROLMENT_LETTERS.charAt(random.below(ENROLMENT_LETTERS.length)))

/**
 * What the customer confirms with, position 1 first: the digits of a confirmation password, two
 * digits at each position of a customer card, or the pictures of an image card, none of them twice.
 */
export function drawCells(random: Random, method: ConfirmationMethod): readonly string[] {
  switch (method) {
    case 'confirmation-password':
      return [...drawDigits(random, PASSWORD_DIGITS)]
    case 'customer-card':
      return Array.from({ length: CARD_POSITIONS }, () => drawDigits(random, CARD_DIGITS))
    case 'image-card':
      return drawPictures(random)
  }
}

/** The cells as they are sealed; `cellsOf` reads them back. */
export const textOfCells = (method: ConfirmationMethod, cells: readonly string[]): string =>
  method === 'confirmation-password' ? cells.join('') : JSON.stringify(cells)

const drawDigits = (random: Random, count: number): string =>
  drawn(count, () => String(random.below(10)))

function drawPictures(random: Random): readonly string[] {
  const left: string[] = [...CARD_IMAGES]
  return Array.from({ length: CARD_PICTURES }, () =>
    left.splice(random.below(left.length), 1),
  ).flat()
}

const drawn = (count: number, draw: () => string): string =>
  Array.from({ length: count }, draw).join('')
