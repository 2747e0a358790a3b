import { Icon } from './icons.tsx'
import { useLook } from './look.ts'
import { Phrases, unbroken } from './phrases.tsx'

export interface OperationProps {
  readonly name: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  /**
   * What the customer types below: a one-time password (the default) or the confirmation method.
   */
  readonly by?: 'code' | 'confirmation' | undefined
}

/**
 * In large letters, what the code typed below will authorise. Phishing asks for "the code once
 * more" and spends it on something else; a customer who reads the operation can notice.
 */
export function Operation({ name, lines, by = 'code' }: OperationProps) {
  const words = useLook().words.operation
  const told = by === 'code' ? words.codeOnlyHere : words.confirmationOnlyHere
  return (
    <section class="operation" aria-labelledby="operation-name">
      <p class="operation__lead">{by === 'code' ? words.byCode : words.byConfirmation}</p>
      <h2 class="operation__name" id="operation-name">
        <Phrases of={name} />
      </h2>
      {lines.length > 0 && (
        <dl class="operation__lines">
          {lines.map((line) => (
            <div class="operation__line">
              <dt>{line.label}</dt>
              <dd>{line.value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="operation__warning">
        <Icon name="warning" />
        <div>
          <p class="operation__warning-heading">{words.warningHeading}</p>
          <p>{told(unbroken(name))}</p>
          <p>{words.neverAgain}</p>
        </div>
      </div>
    </section>
  )
}
