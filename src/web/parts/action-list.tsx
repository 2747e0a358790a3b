import { Icon } from './icons.tsx'

export interface Action {
  readonly href: string
  readonly label: string
  readonly description?: string | undefined
}

/** Big links, such as 利用開始 / 交換 / 利用中止 at the foot of the login page. */
export function ActionList({ items, label }: { items: readonly Action[]; label?: string }) {
  return (
    <ul class="actions" aria-label={label}>
      {items.map((action) => (
        <li>
          <a class="action" href={action.href}>
            <span class="action__words">
              <span class="action__label">{action.label}</span>
              {action.description !== undefined && (
                <span class="action__description">{action.description}</span>
              )}
            </span>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  )
}
