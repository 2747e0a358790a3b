export interface Screen {
  readonly name: string
  readonly width: number
  readonly height: number
  /** So narrow a window is tried as well, where the journey is made on this screen alone. */
  readonly narrowestPx?: number
}

export const PC: Screen = { name: 'pc', width: 1280, height: 800 }
export const PHONE: Screen = { name: 'phone', width: 390, height: 844 }

/** The two screens on which every journey of a customer is made. */
export const SCREENS: readonly Screen[] = [PC, PHONE]

/** A PC, on which every page is tried as narrow as a phone, too: none needs more room. */
export const DESK: Screen = { name: 'desk', width: 1280, height: 800, narrowestPx: 390 }
