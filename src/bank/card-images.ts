/**
 * The pictures that can be printed on an image card (画像認証カード). Only their names live here: the
 * names are stored with a customer's card and sent back by forms, so they never change; how a
 * picture looks and is called in words belongs to the web.
 */
export const CARD_IMAGES = [
  'apple',
  'cat',
  'train',
  'fish',
  'flower',
  'umbrella',
  'clock',
  'key',
  'house',
  'tree',
  'car',
  'ship',
  'star',
  'moon',
  'sun',
  'book',
  'cup',
  'bell',
  'hat',
  'scissors',
  'bird',
  'mountain',
  'glasses',
  'airplane',
] as const

export type CardImage = (typeof CARD_IMAGES)[number]
