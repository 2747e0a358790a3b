import { CardPicture, CardPictureWord } from './card-images.tsx'
import { useLook } from './look.ts'

/** The printed お客様カード, position 1 first. Shown by the demo and to the clerk who prints it. */
export function CustomerCard({ cells }: { cells: readonly string[] }) {
  const { words } = useLook()
  return (
    <figure class="card">
      <figcaption>{words.customerCardCaption}</figcaption>
      <ol class="card__cells">
        {cells.map((cell, index) => (
          <li>
            <span class="card__position">{index + 1}</span>
            <span class="card__digits" data-cell={String(index + 1)}>
              {cell}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

/**
 * The printed 画像認証カード, position 1 first; the cells are picture names. The page's picture sheet
 * draws them: it stands with the image challenge.
 */
export function ImageCard({ cells }: { cells: readonly string[] }) {
  const { words } = useLook()
  return (
    <figure class="card">
      <figcaption>{words.imageCardCaption}</figcaption>
      <ol class="card__cells card__cells--pictures">
        {cells.map((cell, index) => (
          <li>
            <span class="card__position">{index + 1}</span>
            <span class="card__picture" data-cell={String(index + 1)} data-value={cell}>
              <CardPicture name={cell} />
              <CardPictureWord name={cell} />
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
