/**
 * Building the page by hand: text is always text, never markup, and no attribute carries style or
 * script.
 */
type Child = Node | string | false | null

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null && child !== false))
  return made
}

export function drawing<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

export interface Button {
  readonly id: string
  readonly label: string
  readonly kind?: 'quiet' | 'danger'
  readonly onPress: () => void
}

export function button({ id, label, kind, onPress }: Button): HTMLButtonElement {
  const className = kind ? `button button-${kind}` : 'button'
  const made = element('button', { type: 'button', id, class: className }, label)
  made.addEventListener('click', onPress)
  return made
}

/**
 * A section that opens on request: a native `details`, so that it works by key and by screen
 * reader.
 */
export function fold(id: string, title: string, ...content: readonly Child[]): HTMLDetailsElement {
  return element(
    'details',
    { class: 'fold', id },
    element('summary', {}, element('h2', {}, title)),
    element('div', { class: 'fold-content' }, ...content),
  )
}

export function list(kind: 'ol' | 'ul', items: readonly string[]): HTMLElement {
  return element(kind, { class: 'list' }, ...items.map((item) => element('li', {}, item)))
}

/** Digits in groups for the eye; the text content stays exactly the value. */
export function grouped(value: string, sizes: readonly number[]): HTMLElement[] {
  let start = 0
  return sizes.map((size) => {
    const group = element('span', {}, value.slice(start, start + size))
    start += size
    return group
  })
}
