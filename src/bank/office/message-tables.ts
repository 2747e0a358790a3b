/** The tables of what a bank says to all its customers, and of its own words in notices. */

import type { Announcement } from '../tables.ts'
import type { NoticeTemplate } from './notice-template.ts'

/** An announcement with what the bank knows of it and its customers do not. */
export interface AnnouncementRecord extends Announcement {
  readonly bankCode: string
  /** Without one it stays until it is taken down. */
  readonly lastDay?: string
  readonly receiptNo?: string
  readonly takenDownAtMs?: number
}

export interface TemplateVersion {
  readonly version: number
  readonly template: NoticeTemplate
  readonly decidedAtMs: number
  readonly decidedBy: string
  readonly receiptNo: string
}

export interface Messages {
  /** All of them, past ones too, newest first. */
  announcements(bankCode: string, most: number): Promise<readonly AnnouncementRecord[]>
  find(bankCode: string, id: string): Promise<AnnouncementRecord | undefined>
  /** As `find`, and holds it until the transaction ends. */
  lock(bankCode: string, id: string): Promise<AnnouncementRecord | undefined>
  publish(announcement: AnnouncementRecord): Promise<void>
  /** False when it was taken down before. */
  takeDown(announcement: AnnouncementRecord, receiptNo: string, nowMs: number): Promise<boolean>

  /** The versions of the bank's own words, newest first. */
  templates(bankCode: string, most: number): Promise<readonly TemplateVersion[]>
  /** The newest version's number, 0 for none; holds the bank, so that changes of it queue up. */
  lockTemplate(bankCode: string): Promise<number>
  /** Puts a version into force. */
  addTemplate(bankCode: string, version: TemplateVersion): Promise<void>
}
