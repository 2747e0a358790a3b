import { type Display, type DisplayChoice, type Look, SIZES, THEMES } from './look.ts'

interface DisplayProps {
  readonly look: Look
  readonly display: DisplayChoice
}

/**
 * Language and size of the text, first on every page. Links, so that it works without script and
 * the only form of a page stays that of its procedure.
 */
export function DisplayBar({ look, display }: DisplayProps) {
  const words = look.words.display
  const other = look.lang === 'ja' ? 'en' : 'ja'
  return (
    <nav class="display" aria-label={words.label}>
      <div class="column display__row">
        <Choices
          label={words.size}
          fullLabel={words.sizeLabel}
          choices={SIZES.map((size) => ({
            label: words.sizes[size],
            href: display.change({ size }),
            current: display.now.size === size,
          }))}
        />
        <a class="display__choice" href={display.change({ lang: other })} hreflang={other}>
          <span lang={other}>{words.otherLanguage}</span>
        </a>
      </div>
    </nav>
  )
}

/** Light or dark, at the foot of the page: seldom changed, since it follows the device. */
export function ColourChoice({ look, display }: DisplayProps) {
  const words = look.words.display
  return (
    <Choices
      label={words.theme}
      fullLabel={words.theme}
      choices={THEMES.map((theme) => ({
        label: words.themes[theme],
        href: display.change({ theme }),
        current: display.now.theme === theme,
      }))}
    />
  )
}

interface ChoicesProps {
  readonly label: string
  readonly fullLabel: string
  readonly choices: readonly {
    readonly label: string
    readonly href: string
    readonly current: boolean
  }[]
}

function Choices({ label, fullLabel, choices }: ChoicesProps) {
  return (
    <div class="display__group">
      <span class="display__label" aria-hidden="true">
        {label}
      </span>
      <ul aria-label={fullLabel}>
        {choices.map((choice) => (
          <li>
            <a
              class="display__choice"
              href={choice.href}
              rel="nofollow"
              aria-current={choice.current ? 'true' : undefined}
            >
              {choice.label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What a browser without a choice of its own gets: Japanese first, whatever it prefers. */
export const FIRST_DISPLAY: Display = { lang: 'ja', size: 'standard', theme: 'device' }
