import type { Child } from 'hono/jsx'
import { CARD_IMAGES, type CardImage } from '../../bank/card-images.ts'
import { useLook } from './look.ts'

/*
 * Our own drawings, 48 units square: one outline, flat fills. No two share a silhouette, so that
 * they can be told apart without their colours; the word always stands beside the picture.
 */
const PICTURES: Record<CardImage, Child> = {
  apple: (
    <>
      <path
        fill="#e8453c"
        d="M24 15c-4-4-15-3-15 9 0 10 6 18 10 18 2 0 3-1 5-1s3 1 5 1c4 0 10-8 10-18 0-12-11-13-15-9z"
      />
      <path d="M24 15c0-4 1-7 3-9" />
      <path fill="#2cac6e" d="M27 11c2-5 7-6 11-5-1 4-5 7-11 5z" />
    </>
  ),
  cat: (
    <>
      <path fill="#ffb65c" d="M8 7l10 7q6-2 12 0l10-7v19c0 9-7 15-16 15S8 35 8 26z" />
      <path stroke-width={4} d="M17 24v2M31 24v2" />
      <path d="M24 30v2m-5 2q4 2 5-2 1 4 5 2M3 28l8 2M4 36l7-2M45 28l-8 2M44 36l-7-2" />
    </>
  ),
  train: (
    <>
      <path d="M15 36l-6 8M33 36l6 8M12 41h24" />
      <rect x="9" y="4" width="30" height="33" rx="7" fill="#2cac6e" />
      <path fill="#fff" d="M14 11h20v11H14zM24 11v11" />
      <circle cx="16" cy="30" r="2.5" fill="#ffd43d" />
      <circle cx="32" cy="30" r="2.5" fill="#ffd43d" />
    </>
  ),
  fish: (
    <>
      <path fill="#57b8ff" d="M4 24q12-17 28-4l12-8v24l-12-8Q16 41 4 24z" />
      <path stroke-width={4} d="M13 21v1" />
      <path d="M21 17q5 7 0 14" />
    </>
  ),
  flower: (
    <>
      <path d="M24 28v17" />
      <path fill="#2cac6e" d="M24 42q1-9 13-9-1 9-13 9z" />
      <circle cx="24" cy="8" r="5.5" fill="#ff8fb3" />
      <circle cx="33" cy="14" r="5.5" fill="#ff8fb3" />
      <circle cx="29.5" cy="24.5" r="5.5" fill="#ff8fb3" />
      <circle cx="18.5" cy="24.5" r="5.5" fill="#ff8fb3" />
      <circle cx="15" cy="14" r="5.5" fill="#ff8fb3" />
      <circle cx="24" cy="17" r="5" fill="#ffd43d" />
    </>
  ),
  umbrella: (
    <>
      <path d="M24 7V3m0 20v17a4 4 0 0 1-8 0" />
      <path fill="#8f7ae6" d="M4 26a20 19 0 0 1 40 0q-5-4-10 0-5-4-10 0-5-4-10 0-5-4-10 0z" />
    </>
  ),
  clock: (
    <>
      <circle cx="24" cy="24" r="20" fill="#ff8d44" />
      <circle cx="24" cy="24" r="15" fill="#fff" />
      <path stroke-width={3} d="M24 14v10l6 5" />
    </>
  ),
  key: (
    <>
      <path fill="#ffd43d" d="M22 21h23v12h-5v-6h-4v4h-5v-4h-9z" />
      <circle cx="14" cy="24" r="10.5" fill="#ffd43d" />
      <circle cx="13" cy="24" r="4" fill="#fff" />
    </>
  ),
  house: (
    <>
      <path fill="#ffeec7" d="M9 22v21h30V22z" />
      <path fill="#e8453c" d="M3 25L24 5l21 20z" />
      <path fill="#a5703f" d="M20 43V31h8v12z" />
    </>
  ),
  tree: (
    <>
      <path fill="#a5703f" d="M20 29h8v15h-8z" />
      <path
        fill="#2cac6e"
        d="M24 3c9 0 12 6 11 10 6 1 8 6 6 11-2 5-8 8-17 8S9 29 7 24c-2-5 0-10 6-11-1-4 2-10 11-10z"
      />
    </>
  ),
  car: (
    <>
      <path fill="#e8453c" d="M3 35v-9l6-3 7-11h15l9 11 5 3v9z" />
      <path fill="#fff" d="M15 23l4-7h4v7zM28 16h2l5 7h-7z" />
      <circle cx="13" cy="36" r="5" fill="#4d4d4d" />
      <circle cx="35" cy="36" r="5" fill="#4d4d4d" />
    </>
  ),
  ship: (
    <>
      <path fill="#e8453c" d="M20 18V6h8v12z" />
      <path fill="#fff" d="M11 28V18h24v10z" />
      <path fill="#3467b8" d="M3 28h42l-6 14H11z" />
      <path stroke-width={3} d="M17 23h1m5 0h1m5 0h1" />
    </>
  ),
  star: (
    <>
      <path fill="#ffd43d" d="M24 4l6 13 14 2-10 10 2 14-12-7-12 7 2-14L4 19l14-2z" />
    </>
  ),
  moon: (
    <>
      <path fill="#ffd43d" d="M30 5A20 20 0 1 0 44 31 17 17 0 0 1 30 5z" />
    </>
  ),
  sun: (
    <>
      <circle cx="24" cy="24" r="11" fill="#ff8d44" />
      <path
        stroke-width={3}
        d="M24 3v5M24 40v5M3 24h5M40 24h5M9 9l4 4M35 35l4 4M9 39l4-4M35 13l4-4"
      />
    </>
  ),
  book: (
    <>
      <path
        fill="#c8f0ff"
        d="M24 12C18 8 11 8 4 9v29c7-1 14-1 20 3 6-4 13-4 20-3V9c-7-1-14-1-20 3zv29"
      />
      <path d="M10 17q5 0 9 1M10 25q5 0 9 1M29 18q4-1 9-1M29 26q4-1 9-1" />
    </>
  ),
  cup: (
    <>
      <path d="M34 22h4a5 5 0 0 1 0 11h-5" />
      <path fill="#8ad6c8" d="M8 18h27v14a10 10 0 0 1-10 10h-7A10 10 0 0 1 8 32z" />
      <path d="M16 13q-3-4 0-8M26 13q-3-4 0-8" />
    </>
  ),
  bell: (
    <>
      <path fill="#a5703f" d="M18 34a6 7 0 0 0 12 0z" />
      <path
        fill="#ffd43d"
        d="M24 6c9 0 12 6 12 13 0 9 3 13 6 16H6c3-3 6-7 6-16 0-7 3-13 12-13zV3"
      />
    </>
  ),
  hat: (
    <>
      <ellipse cx="24" cy="34" rx="21" ry="7" fill="#f3d795" />
      <path fill="#f3d795" d="M12 33V22c0-9 4-13 12-13s12 4 12 13v11q-12 4-24 0z" />
      <path fill="#e8453c" d="M12 25q12 4 24 0v8q-12 4-24 0z" />
    </>
  ),
  scissors: (
    <>
      <path fill="#ccc" d="M14 29L33 4l3 4-17 26z" />
      <path fill="#e6e6e6" d="M34 29L15 4l-3 4 17 26z" />
      <circle cx="12" cy="37" r="7" fill="#e8453c" />
      <circle cx="36" cy="37" r="7" fill="#e8453c" />
      <circle cx="12" cy="37" r="2.5" fill="#fff" />
      <circle cx="36" cy="37" r="2.5" fill="#fff" />
    </>
  ),
  bird: (
    <>
      <path d="M20 38v6M27 38v6" />
      <path fill="#ff8d44" d="M9 15l-7 5 7 3z" />
      <path
        fill="#57b8ff"
        d="M8 20a11 11 0 0 1 20-7c3 5 9 8 17 9-4 3-7 4-8 8-2 7-8 10-14 10C13 40 8 31 8 20z"
      />
      <path stroke-width={4} d="M16 16v1" />
      <path d="M20 25q4 8 12 4" />
    </>
  ),
  mountain: (
    <>
      <path fill="#5b8def" d="M2 42L18 9h12l16 33z" />
      <path fill="#fff" d="M13 19l5-10h12l5 10-5 4-6-4-6 4z" />
    </>
  ),
  glasses: (
    <>
      <circle cx="13" cy="28" r="9.5" fill="#dff3ff" />
      <circle cx="35" cy="28" r="9.5" fill="#dff3ff" />
      <path d="M22 26q2-2 4 0M4 25l4-12h3M44 25l-4-12h-3" />
    </>
  ),
  airplane: (
    <>
      <path
        fill="#d9e6ff"
        d="M24 3c3 0 4 4 4 9v5l17 11v5l-17-5v8l5 4v4l-9-2-9 2v-4l5-4v-8L3 33v-5l17-11v-5c0-5 1-9 4-9z"
      />
    </>
  ),
}

/**
 * The drawings that a page shows, each sent once however often it is shown. One sheet to a page.
 */
export function CardPictureSheet({ names }: { names: readonly string[] }) {
  return (
    <svg class="sheet" aria-hidden="true">
      {CARD_IMAGES.filter((name) => names.includes(name)).map((name) => (
        <symbol id={`picture-${name}`} viewBox="0 0 48 48">
          {PICTURES[name]}
        </symbol>
      ))}
    </svg>
  )
}

/** One picture of the sheet; hidden from screen readers, which read the word under it. */
export function CardPicture({ name }: { name: string }) {
  return (
    <svg class="card-picture" aria-hidden="true">
      <use href={`#picture-${name}`} />
    </svg>
  )
}

/** What a picture is called. A name that is no picture's is shown as it is, never looked up. */
export function CardPictureWord({ name }: { name: string }) {
  const { images } = useLook().words
  const known = CARD_IMAGES.find((image) => image === name)
  return <span class="picture__word">{known === undefined ? name : images[known]}</span>
}
