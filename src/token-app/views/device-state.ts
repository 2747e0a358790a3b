/**
 * How this device keeps token and time, in plain words: for the curious, and for a call to the
 * bank.
 */
import type { Clock } from '../clock.ts'
import { secondsAhead } from '../clock.ts'
import { isInstalled, isIos, isStorageKept } from '../device.ts'
import { hasVoice, whenVoicesChange } from '../speech.ts'
import type { Token } from '../vault.ts'
import { words } from '../words/words.ts'
import { element, fold } from './element.ts'

export interface DeviceState {
  readonly part: HTMLElement
  show(clock: Clock): void
}

export function deviceState(token: Token): DeviceState {
  const { device } = words
  const storage = element('dd', { 'data-field': 'storage' })
  const time = element('dd', { 'data-field': 'time' })
  const voice = element('dd')
  const tellVoice = () => {
    voice.textContent = hasVoice() ? device.voiceReady : device.voiceMissing
  }
  tellVoice()
  whenVoicesChange(tellVoice)
  const facts: readonly (readonly [string, HTMLElement])[] = [
    [device.storage, storage],
    [device.time, time],
    [device.voice, voice],
    [device.key, element('dd', {}, device.keyKept)],
    [device.made, element('dd', {}, device.madeOn(token.madeAtMs))],
  ]
  const listed = facts.flatMap(([name, fact]) => [element('dt', {}, name), fact])
  const part = fold('device', device.title, element('dl', { class: 'facts' }, ...listed))
  return {
    part,
    show(clock) {
      time.textContent = timeInWords(clock)
      isStorageKept().then((isKept) => {
        storage.textContent = storageInWords(isKept)
      })
    },
  }
}

function timeInWords(clock: Clock): string {
  const { device } = words
  if (!clock.reading) return device.timeUnknown
  const { measuredAtMs } = clock.reading
  return secondsAhead(clock) === 0
    ? device.timeExact(measuredAtMs)
    : device.timeCorrected(measuredAtMs)
}

function storageInWords(isKept: boolean): string {
  const { device } = words
  if (isKept) return device.storageKept
  return isIos() && !isInstalled() ? device.storageUncertainIos : device.storageUncertain
}
