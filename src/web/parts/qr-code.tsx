import { encode } from 'uqr'

export interface QrCodeProps {
  readonly text: string
  /** What the picture is, for those who do not see it. */
  readonly label: string
  readonly hint: string
  /** The words of the link beside it, for those who are on the phone already. */
  readonly link: string
}

/** An address as a QR code and as a link: a phone cannot photograph its own screen. */
export function QrCode({ text, label, hint, link }: QrCodeProps) {
  const { data, size } = encode(text, { border: 2 })
  const dark = data.flatMap((line, y) =>
    runsOf(line).map(({ x, width }) => `M${x} ${y}h${width}v1h-${width}z`),
  )
  return (
    <div class="qr">
      <svg class="qr__code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
        <rect class="qr__light" width={size} height={size} />
        <path class="qr__dark" d={dark.join('')} />
      </svg>
      <div class="qr__words">
        <p>{hint}</p>
        <p>
          <a class="button button--quiet" href={text} rel="noopener" target="_blank">
            {link}
          </a>
        </p>
      </div>
    </div>
  )
}

/** Dark squares side by side are one bar: half the bytes of the page are the code. */
function runsOf(line: readonly boolean[]): { x: number; width: number }[] {
  const runs: { x: number; width: number }[] = []
  for (const [x, isDark] of line.entries()) {
    const last = runs.at(-1)
    if (isDark && last !== undefined && last.x + last.width === x) last.width += 1
    else if (isDark) runs.push({ x, width: 1 })
  }
  return runs
}
