/**
 * The few signs that stand beside a text, never instead of it; hence hidden from screen readers.
 */
export type IconName = 'error' | 'warning' | 'info' | 'success' | 'check' | 'forward' | 'phone'

const OUTLINES: Record<IconName, string> = {
  error: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16v1',
  warning: 'M12 3 23 21H1zM12 9v6M12 17.5v1',
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM12 11v6M12 7v1',
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7 12l4 4 7-8',
  check: 'M5 13l5 5L19 7',
  forward: 'M9 5l7 7-7 7',
  phone: 'M5 3h4l2 5-3 2a11 11 0 0 0 6 6l2-3 5 2v4c-9 4-20-7-16-16z',
}

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={OUTLINES[name]} />
    </svg>
  )
}
