import type { Message, ProviderName } from '../types.ts'

export const REPORT_STATUSES = ['delivered', 'bounced', 'failed', 'opted-out'] as const
export type ReportStatus = (typeof REPORT_STATUSES)[number]

/** A delivery report of one message. */
export type Report = {
  message: Message
  status: ReportStatus
  /** The provider's own code or reason, instead of the usual one. */
  code?: string | undefined
  /** The number of repetitions of all reports. */
  duplicates?: number | undefined
  /** Sends the last status first. */
  outOfOrder?: boolean | undefined
}

/** A request that was sent, with the response's status; null without a response. */
export type SentReport = { provider: ProviderName; at: string; url: string; status: number | null }
