import type { State } from '../state.ts'
import type { Post } from '../sendPost.ts'
import type { Report, ReportStatus } from './types.ts'

/**
 * MSG91's delivery reports, which nobody signs: version 2 is a form whose `data` is JSON text of
 * all reports, version 3 one JSON object each.
 */
export const msg91Posts = (reports: Report[], state: State): Post[] => {
  const webhook = state.webhooks.msg91
  if (!webhook) return []
  const { url, version } = webhook
  const ordered = reports.some(({ outOfOrder }) => outOfOrder) ? [...reports].reverse() : reports
  const told = ordered.flatMap((report) =>
    Array.from({ length: 1 + (report.duplicates ?? 0) }, () => report),
  )
  const date = indianTime(state.clock.now())
  if (version === 'v3') {
    const headers = { 'content-type': 'application/json' }
    return told.map((report) => ({ url, headers, body: JSON.stringify(flat(report, date)) }))
  }
  const data = JSON.stringify(told.map((report) => nested(report, date)))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return [{ url, headers, body: new URLSearchParams({ data }).toString() }]
}

/** Numbers and words of https://msg91.com/help/webhooks; the reasons are examples. */
const WORDS: Record<ReportStatus, { status: string; desc: string; failedReason: string }> = {
  delivered: { status: '1', desc: 'DELIVERED', failedReason: '' },
  failed: { status: '2', desc: 'FAILED', failedReason: 'Absent subscriber' },
  bounced: { status: '16', desc: 'REJECTED', failedReason: 'Unknown subscriber' },
  'opted-out': { status: '9', desc: 'NDNC', failedReason: 'NDNC number' },
}
const DESCRIPTIONS: Record<string, string> = {
  1: 'DELIVERED',
  2: 'FAILED',
  9: 'NDNC',
  16: 'REJECTED',
  17: 'BLOCKED',
  25: 'REJECTED',
}

const wordsOf = ({ code, status }: Report) => {
  const usual = WORDS[status]
  return code === undefined
    ? usual
    : { ...usual, status: code, desc: DESCRIPTIONS[code] ?? usual.desc }
}

const commonOf = ({ message }: Report, date: string) => ({
  date,
  amount: '0.01',
  INMSID: '0',
  CRQID: message.carried.CRQID ?? '0',
  number: message.to,
  credit: '1',
})

const nested = (report: Report, date: string) => ({
  senderId: report.message.carried.sender,
  requestId: report.message.id,
  report: [{ ...commonOf(report, date), clientid: '', ctCode: '900', ...wordsOf(report) }],
  userId: '100000',
  campaignName: 'API',
})

const flat = (report: Report, date: string) => {
  const { desc, failedReason, status } = wordsOf(report)
  return {
    ...commonOf(report, date),
    senderId: report.message.carried.sender,
    requestId: report.message.id,
    userId: '100000',
    campaignName: 'API',
    status,
    desc,
    ...(failedReason ? { failedReason } : {}),
  }
}

const INDIA_MS = 5.5 * 60 * 60 * 1000

/** It writes Indian time and does not say so. */
const indianTime = (at: Date): string =>
  new Date(at.getTime() + INDIA_MS).toISOString().slice(0, 19).replace('T', ' ')
