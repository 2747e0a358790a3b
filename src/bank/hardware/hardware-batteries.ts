/** 電池: which tokens in use come to their end, and the campaigns in which they are replaced. */
import type { HardwareTerms } from './hardware.ts'
import type { TokenShape } from './stock.ts'

/** A token in use with the day on which its battery is reckoned to end. */
export interface AgeingToken {
  readonly serial: string
  readonly contractId: string
  readonly customerName: string
  readonly shape?: TokenShape
  /** When its customer got it. */
  readonly shippedAtMs?: number
  /** The maker's last day, or so many months after it was sent as the bank reckons. */
  readonly endsOn: string
  /** Another token is applied for, or on its way. */
  readonly hasSuccessor: boolean
}

export interface BatteryCampaign {
  readonly bankCode: string
  /** The receipt number of its approval. */
  readonly campaignNo: string
  /** Batteries that end on this day or before. */
  readonly endsBy: string
  readonly preparedBy: string
  readonly approvedBy: string
  readonly startedAtMs: number
}

/** Where a token of a campaign can have come to, in order. */
export const CAMPAIGN_STAGES = ['waiting', 'recorded', 'shipped', 'exchanged', 'skipped'] as const
export type CampaignStage = (typeof CAMPAIGN_STAGES)[number]

/** How far a campaign has come; each token stands in the last stage that it has reached. */
export interface CampaignProgress extends BatteryCampaign, Readonly<Record<CampaignStage, number>> {
  readonly tokens: number
}

export interface CampaignToken {
  readonly serial: string
  readonly stage: CampaignStage
  readonly applicationNo?: string
  /** The refusal for which there is no application. */
  readonly skippedFor?: string
}

/** A token of a campaign that nobody has dealt with yet. */
export interface CampaignPlace {
  readonly bankCode: string
  readonly campaignNo: string
  readonly serial: string
}

export interface Batteries {
  /** Tokens in use whose battery ends on that day or before, the earliest first. */
  ending(
    bankCode: string,
    endsBy: string,
    terms: HardwareTerms,
    most: number,
  ): Promise<readonly AgeingToken[]>
  find(bankCode: string, serial: string, terms: HardwareTerms): Promise<AgeingToken | undefined>
  open(campaign: BatteryCampaign, serials: readonly string[]): Promise<void>
  campaigns(bankCode: string, most: number): Promise<readonly CampaignProgress[]>
  campaign(bankCode: string, campaignNo: string): Promise<CampaignProgress | undefined>
  tokensOf(campaign: BatteryCampaign): Promise<readonly CampaignToken[]>
  /** The next one that waits, after that place, held by this process alone. */
  holdNext(after: CampaignPlace | undefined): Promise<CampaignPlace | undefined>
  /** What has become of it; false when it waits no more. */
  settle(
    place: CampaignPlace,
    as: { readonly applicationNo: string } | { readonly skippedFor: string },
  ): Promise<boolean>
}
