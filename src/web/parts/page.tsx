import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { PhoneLink } from './contact.tsx'
import { ColourChoice, DisplayBar } from './display.tsx'
import { Icon } from './icons.tsx'
import { type Look, LookContext } from './look.ts'
import { Phrases, unbroken } from './phrases.tsx'
import { type Timeout, TimeoutDialog, ValidUntil } from './timeout.tsx'

export interface Link {
  readonly href: string
  readonly label: string
  /** The page the customer is on. */
  readonly current?: boolean | undefined
}

export interface SignedIn {
  readonly name: string
  readonly csrf: string
  readonly links?: readonly Link[] | undefined
  readonly timeout?: Timeout | undefined
}

export interface Steps {
  readonly labels: readonly string[]
  /** 1 is the first step. */
  readonly current: number
}

export interface PageProps {
  readonly look: Look
  readonly title: string
  readonly signedIn?: SignedIn | undefined
  readonly steps?: Steps | undefined
  /** When the page ends of whoever is not signed in. */
  readonly timeout?: Timeout | undefined
  /** For tables that staff work with: as wide as a desk has room for. */
  readonly wide?: boolean | undefined
  readonly children?: Child
}

/** A whole document: head, bank header, the page's one `<h1>` (the title), content, footer. */
export function Page({ look, title, signedIn, steps, wide, children, ...of }: PageProps) {
  const chosen = look.display?.now.theme
  const theme = chosen === 'device' ? undefined : chosen
  const timeout = signedIn?.timeout ?? of.timeout
  return html`<!DOCTYPE html>${(
    <LookContext.Provider value={look}>
      <html
        lang={look.lang}
        data-theme={theme}
        data-size={look.display?.now.size}
        data-width={wide ? 'wide' : undefined}
      >
        <head>
          <meta charset="utf-8" />
          <title>{look.words.documentTitle(unbroken(title), look.bank.name)}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          {/* Account and receipt numbers are not telephone numbers. */}
          <meta name="format-detection" content="telephone=no" />
          <meta name="robots" content="noindex" />
          <link rel="stylesheet" href={look.paths.css} />
          {look.paths.moreCss && <link rel="stylesheet" href={look.paths.moreCss} />}
          <link rel="icon" href={look.paths.icon} type="image/svg+xml" />
          {look.paths.script && <script src={look.paths.script} nonce={look.nonce} defer />}
        </head>
        <body>
          <a class="skip" href="#main">
            {look.words.skipToMain}
          </a>
          {look.display && <DisplayBar look={look} display={look.display} />}
          <Header look={look} signedIn={signedIn} />
          <main id="main" class="column" tabindex={-1}>
            {steps && <StepNavigation look={look} steps={steps} />}
            <h1>
              <Phrases of={title} />
            </h1>
            {children}
            {timeout && <ValidUntil look={look} timeout={timeout} />}
          </main>
          <Footer look={look} />
          {timeout && <TimeoutDialog look={look} timeout={timeout} />}
        </body>
      </html>
    </LookContext.Provider>
  )}`
}

function Header({ look, signedIn }: { look: Look; signedIn: SignedIn | undefined }) {
  return (
    <header class="site-header">
      <div class="column site-header__row">
        <a class="bank" href={signedIn ? look.paths.home : look.paths.login}>
          <BankMark />
          <span class="bank__words">
            <span class="bank__name">{look.bank.name}</span>
            <span class="bank__service">{look.words.internetBanking}</span>
          </span>
        </a>
        {signedIn && (
          <form class="session" method="post" action={look.paths.logout}>
            <span class="session__name">{look.words.customerName(signedIn.name)}</span>
            <input type="hidden" name="csrf" value={signedIn.csrf} />
            <button type="submit" class="button button--quiet">
              {look.words.logout}
            </button>
          </form>
        )}
      </div>
      {signedIn?.links && (
        <nav class="site-nav" aria-label={look.words.mainNavigation}>
          <ul class="column">
            {signedIn.links.map((link) => (
              <li>
                <a href={link.href} aria-current={link.current ? 'page' : undefined}>
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  )
}

/** Two ranges and a river: our own mark, standing for any bank of the shared centre. */
function BankMark() {
  return (
    <svg class="bank__mark" viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="10" />
      <path d="M7 21l8-10 6 7 4-4 8 7M7 27q6.5-4 13 0t13 0M7 33q6.5-4 13 0t13 0" />
    </svg>
  )
}

function StepNavigation({ look, steps }: { look: Look; steps: Steps }) {
  const { words } = look
  return (
    <nav class="steps" aria-label={words.stepNavigation}>
      <p class="steps__now">
        {words.stepsProgress(
          steps.current,
          steps.labels.length,
          steps.labels[steps.current - 1] ?? '',
        )}
      </p>
      <ol>
        {steps.labels.map((label, index) => {
          const number = index + 1
          const state =
            number < steps.current ? 'done' : number === steps.current ? 'now' : 'to-come'
          return (
            <li class={`step step--${state}`} aria-current={state === 'now' ? 'step' : undefined}>
              <span class="step__number">{state === 'done' ? <Icon name="check" /> : number}</span>
              <span class="step__label">{label}</span>
              {state === 'done' && <span class="sr-only">{words.inBrackets(words.stepDone)}</span>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Footer({ look }: { look: Look }) {
  const { contact, name } = look.bank
  return (
    <footer class="site-footer">
      <div class="column">
        <p class="site-footer__bank">{name}</p>
        <p>
          {contact.department}
          <br />
          <Icon name="phone" />
          <PhoneLink phone={contact.phone} />
          <span class="nowrap">{look.words.inBrackets(contact.hours)}</span>
        </p>
        <p>
          <a href={look.paths.guide}>{look.words.guide}</a>
        </p>
        {look.paths.help && (
          <p>
            <a href={look.paths.help}>{look.words.help}</a>
          </p>
        )}
        {look.paths.freeze && (
          <p>
            <a href={look.paths.freeze}>{look.words.freeze}</a>
          </p>
        )}
        {look.display && <ColourChoice look={look} display={look.display} />}
      </div>
    </footer>
  )
}
