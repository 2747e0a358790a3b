/** The bank site by keyboard alone; every stop on the way shows where the focus is. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { BankSite, type Typed } from './bank-site.ts'

/** More stops than any page has. */
const MOST_STOPS = 80

export class KeyboardBank extends BankSite {
  override async fill(typed: Typed): Promise<void> {
    for (const [name, value] of Object.entries(typed)) {
      const field = this.page.locator(`main [name="${name}"]`)
      const kind = await field.first().evaluate((element) => element.type as string)
      if (kind === 'radio') await this.#pick(name, value)
      else if (kind === 'select-one') await this.#select(field, value)
      else await this.#type(field, value, kind === 'date')
    }
  }

  /** The space bar on a button. */
  override async press(label: string): Promise<void> {
    await this.tabTo(this.page.getByRole('button', { name: label, exact: true }))
    await this.goOn(() => this.page.keyboard.press('Space'))
  }

  /** Enter on a link. */
  override async follow(label: string): Promise<void> {
    await this.tabTo(this.page.locator('main, nav, footer').getByRole('link', { name: label }))
    await this.enter()
  }

  /** Enter where the focus is: on a link, or in a field of a form, as people do. */
  async enter(): Promise<void> {
    await this.goOn(() => this.page.keyboard.press('Enter'))
  }

  /** Goes on with Tab to the first of these elements. */
  async tabTo(targets: Locator): Promise<void> {
    const target = targets.first()
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await this.page.keyboard.press('Tab')
      const { isHere, isMarked, html } = await target.evaluate(WHERE)
      expect(isMarked, html).toBe(true)
      if (isHere) return
    }
    throw new Error(`${target} cannot be reached with Tab`)
  }

  async #type(field: Locator, value: string, isDate: boolean): Promise<void> {
    await this.tabTo(field)
    const { keyboard } = this.page
    if (!isDate) {
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(value)
      return
    }
    // The parts of a date stand in the order of the browser's own language.
    const [year = '', month = '', day = ''] = value.split('-')
    for (const order of [month + day + year, year + month + day]) {
      await keyboard.type(order)
      if ((await field.inputValue()) === value) return
      for (let part = 0; part < 2; part += 1) await keyboard.press('ArrowLeft')
    }
    throw new Error(`the day ${value} cannot be typed`)
  }

  /** Picks a radio button: Tab to the group, arrows within it. */
  async #pick(name: string, value: string): Promise<void> {
    const choices = this.page.locator(`main [name="${name}"]`)
    const picked = this.page.locator(`main [name="${name}"]:checked`)
    await this.tabTo((await picked.count()) > 0 ? picked : choices)
    if ((await picked.count()) === 0) await this.page.keyboard.press('Space')
    for (let step = await choices.count(); step > 0; step -= 1) {
      if ((await picked.getAttribute('value')) === value) return
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`${value} cannot be picked with arrows`)
  }

  async #select(field: Locator, value: string): Promise<void> {
    await this.tabTo(field)
    await this.page.keyboard.press('Home')
    for (let step = await field.locator('option').count(); step > 0; step -= 1) {
      if ((await field.inputValue()) === value) return
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`${value} cannot be selected with arrows`)
  }
}

/**
 * Whether the focus is on this element, and whether it can be seen where it is: by a ring on the
 * element itself, or on the picture around its radio button. The parts of a date field, such as its
 * calendar, are stops inside the browser's own control, as is the browser's frame.
 */
const WHERE = (target: {
  ownerDocument: {
    activeElement: FocusedElement | null
    body: unknown
    defaultView: { getComputedStyle(of: unknown): Record<string, string> }
  }
}) => {
  const { activeElement, body, defaultView } = target.ownerDocument
  const isHere = (activeElement as unknown) === target
  if (activeElement === null || (activeElement as unknown) === body) {
    return { isHere, isMarked: true, html: '' }
  }
  const ring = activeElement.closest('.picture') ?? activeElement
  const { outlineStyle, outlineWidth } = defaultView.getComputedStyle(ring)
  const isInside = !activeElement.matches(':focus-visible')
  const isMarked =
    isInside || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth ?? '') >= 2)
  return { isHere, isMarked, html: activeElement.outerHTML }
}

interface FocusedElement {
  closest(selector: string): unknown
  matches(selector: string): boolean
  outerHTML: string
}
