import type { Message, ProviderName } from '../types.ts'

export const REPORT_STATUSES = ['delivered', 'bounced', 'failed', 'opted-out'] as const
export type ReportStatus = (typeof REPORT_STATUSES)[number]

/** What is to be told about one message. */
export type Report = {
  message: Message
  status: ReportStatus
  /** The provider's own code or reason, instead of the usual one. */
  code?: string | undefined
  /** How often everything comes again. */
  duplicates?: number | undefined
  /** The last word first. */
  outOfOrder?: boolean | undefined
}

/** What became of one request of ours; null where nobody answered. */
export type Posted = { provider: ProviderName; at: string; url: string; status: number | null }
