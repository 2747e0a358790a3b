import { createContext, useContext } from 'hono/jsx'
import type { Contact } from '../../bank/contract.ts'
import type { PartsWords } from '../words/ja/parts.ts'

export type Lang = 'ja' | 'en'
export const SIZES = ['standard', 'large', 'largest'] as const
export type Size = (typeof SIZES)[number]
export const THEMES = ['device', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How the customer wants to see the pages; kept by the browser, not by the contract. */
export interface Display {
  readonly lang: Lang
  readonly size: Size
  readonly theme: Theme
}

/** What every part of a page may need to know about the bank, the language and the way around. */
export interface Look {
  readonly words: PartsWords
  readonly lang: Lang
  /** On sites whose pages can be seen in several ways. */
  readonly display?: DisplayChoice
  /** Only the script that carries it may run on this page. */
  readonly nonce: string
  readonly paths: {
    readonly css: string
    /** A further style sheet, of a site that has parts of its own. */
    readonly moreCss?: string
    readonly icon: string
    readonly home: string
    readonly login: string
    readonly logout: string
    readonly guide: string
    readonly help?: string
    /** Where customers stop everything at once, from whatever page they are on. */
    readonly freeze?: string
    /** The site's one script; every page works without it. */
    readonly script?: string
  }
  readonly bank: {
    readonly name: string
    readonly contact: Contact
  }
}

export interface DisplayChoice {
  readonly now: Display
  /** The address that changes one choice and leads back to the page shown. */
  readonly change: (to: Partial<Display>) => string
}

/** `<Page>` provides it, so that a form need not hand the look down to each of its fields. */
export const LookContext = createContext<Look | null>(null)

/** The look of the page being rendered. A part outside a `<Page>` is a bug, hence the throw. */
export function useLook(): Look {
  const look = useContext(LookContext)
  if (!look) throw new Error('a part was rendered outside <Page>')
  return look
}
