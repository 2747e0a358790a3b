import { servedSheet } from '../parts/site-files.ts'

const sheet = servedSheet('office', new URL('./office.css', import.meta.url))

export const OFFICE_STYLE_PATH = sheet.path
export const officeStyleSheet = sheet.answer
