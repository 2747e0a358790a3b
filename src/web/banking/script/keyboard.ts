/**
 * ソフトウェアキーボード: keys on the screen, which software that records a real keyboard does not see.
 * Never required, and usable by mouse, touch and keyboard alike.
 */

/** The words of the page's language, as `PasswordField` writes them. */
interface KeyboardWords {
  readonly open: string
  readonly label: string
  readonly capitals: string
  readonly capital: string
  readonly shuffle: string
  readonly remove: string
  readonly close: string
  readonly typed: string
}

const CHARACTERS = [...'1234567890abcdefghijklmnopqrstuvwxyz']

/** Adds a disclosure after the field; its keys are there only while it is open. */
export function offerKeyboard(input: HTMLInputElement): void {
  const words: KeyboardWords = JSON.parse(input.dataset.keyboard ?? '{}')
  const keyboard = made('details', 'keyboard')
  const opener = made('summary', 'keyboard__opener', words.open)
  keyboard.append(opener)
  keyboard.addEventListener('toggle', () => {
    keyboard.querySelector('.keyboard__panel')?.remove()
    if (keyboard.open) keyboard.append(panel(input, words, close))
  })
  keyboard.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && keyboard.open) close()
  })
  function close(): void {
    keyboard.open = false
    opener.focus()
  }
  input.after(keyboard)
}

function panel(input: HTMLInputElement, words: KeyboardWords, close: () => void): HTMLElement {
  const whole = made('div', 'keyboard__panel')
  const keys = made('div', 'keyboard__keys')
  const typed = made('p', 'keyboard__typed')
  whole.role = 'group'
  whole.ariaLabel = words.label
  typed.role = 'status'
  let order = CHARACTERS
  let isCapital = false

  function type(text: string): void {
    const full = input.maxLength >= 0 && text.length > input.maxLength
    if (!full) input.value = text
    input.dispatchEvent(new Event('input', { bubbles: true }))
    typed.textContent = `${words.typed} ${input.value.length}`
  }
  function showKeys(): void {
    const made = order.map((character) => {
      const shown = isCapital ? character.toUpperCase() : character
      const pressed = key(shown, () => type(input.value + shown))
      // Read aloud, A and a are the same.
      if (shown !== character) pressed.ariaLabel = `${words.capital} ${shown}`
      return pressed
    })
    keys.replaceChildren(...made)
  }
  const capitals = key(words.capitals, () => {
    isCapital = !isCapital
    capitals.ariaPressed = String(isCapital)
    showKeys()
  })
  capitals.ariaPressed = 'false'
  const shuffle = key(words.shuffle, () => {
    order = shuffled(order)
    showKeys()
  })
  const remove = key(words.remove, () => type(input.value.slice(0, -1)))
  const acts = made('div', 'keyboard__acts')
  acts.append(capitals, remove, shuffle, key(words.close, close))
  showKeys()
  type(input.value)
  whole.append(keys, acts, typed)
  return whole
}

function key(label: string, press: () => void): HTMLButtonElement {
  const button = made('button', 'keyboard__key', label)
  button.type = 'button'
  button.addEventListener('click', press)
  return button
}

function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.className = name
  element.textContent = text
  return element
}

/** Fisher and Yates, drawn from the browser's secure source: nobody can tell where a key will be. */
function shuffled(keys: readonly string[]): string[] {
  const order = [...keys]
  const drawn = crypto.getRandomValues(new Uint32Array(order.length))
  for (let last = order.length - 1; last > 0; last -= 1) {
    const place = (drawn[last] ?? 0) % (last + 1)
    ;[order[last], order[place]] = [order[place] ?? '', order[last] ?? '']
  }
  return order
}
