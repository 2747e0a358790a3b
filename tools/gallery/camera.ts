/** Takes the same page in every way in which a customer may see it. */
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { DemoBank } from '../demo-bank.ts'
import type { DemoCustomer } from '../demo-customer.ts'

export const SCREENS = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'pc', width: 1280, height: 800 },
] as const
/** The narrowest phones, for the look that most customers have. */
const SMALL = { name: 'small', width: 360, height: 740 } as const
/** Letters stay sharp, and a picture is written in a fraction of the time that a PNG takes. */
const QUALITY = 90

export type Lang = 'ja' | 'en'
export type Theme = 'light' | 'dark'

interface Screen {
  readonly name: string
  readonly width: number
  readonly height: number
}

export interface Look {
  readonly lang: Lang
  readonly theme: Theme
}

export interface Camera {
  /** The page at its address: it is asked for anew in each look, since drafts are kept. */
  shoot(name: string): Promise<void>
  /** What a form answers stands at no address of its own: it is sent again in each look. */
  shootAnswer(at: string, fields: Readonly<Record<string, string>>, name: string): Promise<void>
  /** What is told only once, as it stands, in the usual look. */
  shootOnce(name: string): Promise<void>
}

export const USUAL: Look = { lang: 'ja', theme: 'light' }

export function cameraOf(bank: DemoBank, customer: DemoCustomer, looks: readonly Look[]): Camera {
  const { page } = customer
  /** The page at the address in that look: the link that changes it leads back there. */
  const openIn = ({ lang, theme }: Look, address: string) =>
    customer.open(`/display?${new URLSearchParams({ lang, theme, back: address })}`)
  const inEachLook = async (address: string, shoot: (look: Look) => Promise<void>) => {
    for (const look of looks) {
      await openIn(look, address)
      await shoot(look)
    }
    if (looks.length > 1) await openIn(USUAL, address)
  }
  return {
    shoot(name) {
      const { pathname, search } = new URL(page.url())
      return inEachLook(pathname + search, (look) => shootScreens(page, look, name))
    },
    shootAnswer: (at, fields, name) =>
      inEachLook(new URL(bank.banking).pathname + at, async (look) => {
        await customer.fill(fields)
        await customer.submit()
        await shootScreens(page, look, name)
      }),
    shootOnce: (name) => shootScreens(page, USUAL, name),
  }
}

export const FOLDER = path.resolve('gallery')

const screensOf = ({ lang, theme }: Look) =>
  lang === USUAL.lang && theme === USUAL.theme ? [...SCREENS, SMALL] : SCREENS

/** The page as it stands, on every screen. */
export async function shootScreens(
  page: Page,
  look: Look,
  name: string,
  screens: readonly Screen[] = screensOf(look),
): Promise<void> {
  for (const { name: screen, width, height } of screens) {
    await page.setViewportSize({ width, height })
    const folder = path.join(FOLDER, `${look.lang}-${look.theme}-${screen}`)
    fs.mkdirSync(folder, { recursive: true })
    await loadPictures(page)
    const file = path.join(folder, `${name}.jpg`)
    await page.screenshot({ path: file, type: 'jpeg', quality: QUALITY, fullPage: true })
  }
}

/** Pictures that come late come now. */
async function loadPictures(page: Page): Promise<void> {
  for (const picture of await page.locator('img[loading=lazy]').all()) {
    if (await picture.isVisible()) await picture.scrollIntoViewIfNeeded()
  }
}
