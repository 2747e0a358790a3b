import type { Child } from 'hono/jsx'
import { ContactBox } from '../parts/contact.tsx'
import { Notice } from '../parts/messages.tsx'
import { QrCode } from '../parts/qr-code.tsx'
import { TokenPictures } from '../parts/token-pictures.tsx'
import type { GuideStep } from '../words/ja/guide.ts'
import { guidePicture } from './site-files.ts'
import { show, type Visit } from './visit.tsx'

const CHAPTERS = [
  'what',
  'kinds',
  'get',
  'start',
  'exchange',
  'stop',
  'lost',
  'uninstalled',
  'screens',
] as const
export type GuideChapter = (typeof CHAPTERS)[number]

/** ご利用の手引き: the customer's guide, with pictures of these very pages. */
export function guidePage(visit: Visit) {
  const { guide, banking } = visit.words
  const { paths, look } = visit
  return show(visit, {
    title: guide.title,
    children: (
      <>
        <nav aria-label={guide.contents}>
          <ul class="contents">
            {CHAPTERS.map((chapter) => (
              <li>
                <a href={`#${chapter}`}>{guide[chapter].heading}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Chapter id="what" heading={guide.what.heading}>
          {guide.what.texts.map((text) => (
            <p>{text}</p>
          ))}
        </Chapter>
        <Chapter id="kinds" heading={guide.kinds.heading}>
          <dl class="facts">
            {guide.kinds.rows.map(([kind, text]) => (
              <div class="fact">
                <dt>{kind}</dt>
                <dd class="fact__text">{text}</dd>
              </div>
            ))}
          </dl>
          <TokenPictures words={visit.words.account.pictures} />
        </Chapter>
        <Chapter id="get" heading={guide.get.heading}>
          <p>{guide.get.name}</p>
          {guide.get.apps.map(({ heading, qr, text }) => (
            <>
              <h3>{heading}</h3>
              <QrCode
                text={visit.site.tokenOrigin()}
                label={qr}
                hint={text}
                link={banking.start.app}
              />
            </>
          ))}
          <Steps visit={visit} steps={guide.get.steps} />
        </Chapter>
        <Chapter id="start" heading={guide.start.heading}>
          <Steps visit={visit} steps={guide.start.steps} />
          <Go href={paths.otpStart} label={guide.start.go} />
        </Chapter>
        <Chapter id="exchange" heading={guide.exchange.heading}>
          <p>{guide.exchange.casesLead}</p>
          <ul>
            {guide.exchange.cases.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
          <Notice kind="warning">
            <p>{guide.exchange.warning}</p>
          </Notice>
          <Steps visit={visit} steps={guide.exchange.steps} />
          <Go href={paths.otpExchange} label={guide.exchange.go} />
        </Chapter>
        <Chapter id="stop" heading={guide.stop.heading}>
          <Steps visit={visit} steps={guide.stop.steps} />
          <Go href={paths.otpStop} label={guide.stop.go} />
        </Chapter>
        <Chapter id="lost" heading={guide.lost.heading}>
          <Steps visit={visit} steps={guide.lost.steps} />
          <Go href={paths.freeze} label={guide.lost.go} />
          <ContactBox look={look} />
        </Chapter>
        <Chapter id="uninstalled" heading={guide.uninstalled.heading}>
          <Steps visit={visit} steps={guide.uninstalled.steps} />
        </Chapter>
        <Chapter id="screens" heading={guide.screens.heading}>
          {guide.screens.texts.map((text) => (
            <p>{text}</p>
          ))}
          <h3>{guide.screens.keyboard}</h3>
          <p>{guide.screens.keyboardText}</p>
          <ol>
            {guide.screens.keyboardSteps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
        </Chapter>
        <ContactBox look={look} />
        <p>
          <a href={paths.help}>{guide.more}</a>
        </p>
      </>
    ),
  })
}

function Chapter(props: { readonly id: string; readonly heading: string; children?: Child }) {
  return (
    <section class="chapter" id={props.id} tabindex={-1}>
      <h2>{props.heading}</h2>
      {props.children}
    </section>
  )
}

/** Numbered steps; pictures come only when they are scrolled to, and keep their place before. */
function Steps({ visit, steps }: { visit: Visit; steps: readonly GuideStep[] }) {
  return (
    <ol class="guide-steps">
      {steps.map(({ text, picture }) => (
        <li>
          <p>{text}</p>
          {picture && <Picture visit={visit} name={picture.name} alt={picture.alt} />}
        </li>
      ))}
    </ol>
  )
}

type Pictured = NonNullable<GuideStep['picture']>

function Picture({ visit, name, alt }: { visit: Visit } & Pictured) {
  const { path, width, height } = guidePicture(visit.look.lang, name)
  return (
    <img
      class="guide-picture"
      src={path}
      width={width}
      height={height}
      alt={alt}
      loading="lazy"
      decoding="async"
    />
  )
}

function Go({ href, label }: { href: string; label: string }) {
  return (
    <p class="form__buttons">
      <a class="button button--primary" href={href}>
        {label}
      </a>
    </p>
  )
}
