/** What is asked of a caller before a loss is recorded: the bank's own choice. */
export interface IdentityCheck {
  readonly questions: readonly string[]
  /** So many of them at least have to be answered right. */
  readonly least: number
}

/** Of a bank that has set nothing else. What the answers must be stands in the bank's own records. */
export const USUAL_CHECK: IdentityCheck = {
  questions: [
    '氏名',
    '生年月日',
    'お届けの住所',
    'お届けの電話番号',
    'お取引店と口座番号',
    '最近のお取引（日付・金額・相手先）',
  ],
  least: 3,
}

const MOST_QUESTIONS = 10
const MOST_CHARACTERS = 40

/** Reads one question a line, and the number; undefined when they make no check. */
export function readIdentityCheck(
  lines: readonly string[],
  typedLeast: string,
): IdentityCheck | { readonly wrong: 'questions' | 'least' } {
  const questions = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))]
  const fits = questions.every((question) => [...question].length <= MOST_CHARACTERS)
  if (questions.length === 0 || questions.length > MOST_QUESTIONS || !fits) {
    return { wrong: 'questions' }
  }
  const least = /^\d{1,2}$/.test(typedLeast) ? Number(typedLeast) : 0
  return least >= 1 && least <= questions.length ? { questions, least } : { wrong: 'least' }
}
