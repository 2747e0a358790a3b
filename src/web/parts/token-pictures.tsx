import type { AccountWords } from '../words/ja/account.ts'
import { TOKEN_PICTURES_PATH } from './site-files.ts'

/**
 * Where a token shows its serial: three shapes of hardware and the phone app, as in the guide
 * (①②③④). Folded away, and the drawing is fetched only when it is unfolded: whoever knows it is
 * not delayed.
 */
export function TokenPictures({ words }: { words: AccountWords['pictures'] }) {
  return (
    <details class="token-pictures">
      <summary>{words.heading}</summary>
      <img src={TOKEN_PICTURES_PATH} alt={words.alt} width={290} height={560} loading="lazy" />
      <ol>
        {words.shapes.map((shape) => (
          <li>{shape}</li>
        ))}
      </ol>
    </details>
  )
}
