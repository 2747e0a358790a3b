/** The two screens on which every journey is made. */
export const SCREENS = [
  { name: 'pc', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
] as const

export type Screen = (typeof SCREENS)[number]
