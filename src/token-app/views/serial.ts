/**
 * The serial as it is printed: prefix and digits in groups for the eye, the text itself unbroken.
 */
import { grouped } from './element.ts'

export function serialGroups(serial: string): HTMLElement[] {
  const prefix = /^\D*/.exec(serial)?.[0].length ?? 0
  const rest = serial.length - prefix
  const fours = Array.from({ length: Math.ceil(rest / 4) }, () => 4)
  return grouped(serial, [prefix, ...fours])
}
