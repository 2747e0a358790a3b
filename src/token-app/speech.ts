/** Reading a code aloud, digit by digit, with a voice of the device in the app's language. */
import { words } from './words/words.ts'

/** Voices load late in some browsers: ask again on `whenVoicesChange`. */
export const hasVoice = (): boolean => voice() !== undefined

export function whenVoicesChange(then: () => void): void {
  globalThis.speechSynthesis?.addEventListener?.('voiceschanged', then)
}

/** The digits in two groups with a pause, as one would dictate them. */
export function readAloud(code: string, phrase: (digits: string) => string): void {
  const spoken = new SpeechSynthesisUtterance(phrase(spokenDigits(code)))
  spoken.lang = words.speech.voice
  spoken.rate = 0.85
  spoken.voice = voice() ?? null
  speechSynthesis.cancel()
  speechSynthesis.speak(spoken)
}

function spokenDigits(code: string): string {
  const digits = [...code].map((digit) => words.speech.digits[Number(digit)] ?? digit)
  const half = Math.ceil(digits.length / 2)
  return words.speech.spoken([digits.slice(0, half), digits.slice(half)])
}

function voice(): SpeechSynthesisVoice | undefined {
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  const wanted = words.language
  return voices.find(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === wanted)
}
