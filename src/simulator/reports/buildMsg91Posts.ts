import type { State } from '../state.ts'
import type { Post } from '../sendPost.ts'
import type { Report, ReportStatus } from './types.ts'

/**
 * Builds MSG91's delivery reports, which are not signed. Version 2 is one form, with all reports as
 * JSON text in `data`; version 3 and "Webhook (New)" are one JSON object per report, version 4 a list.
 */
export const buildMsg91Posts = (reports: Report[], state: State): Post[] => {
  const webhook = state.webhooks.msg91
  if (!webhook) return []
  const { url, version } = webhook
  const ordered = reports.some(({ outOfOrder }) => outOfOrder) ? [...reports].reverse() : reports
  const repeated = ordered.flatMap((report) =>
    Array.from({ length: 1 + (report.duplicates ?? 0) }, () => report),
  )
  const date = indianTime(state.clock.now())
  if (version !== 'v2') {
    const headers = { 'content-type': 'application/json' }
    const build = {
      v3: flat,
      v4: (report: Report) => listed(report, state.clock.now()),
      new: allChosen,
    }[version]
    return repeated.map((report) => ({ url, headers, body: JSON.stringify(build(report, date)) }))
  }
  const data = JSON.stringify(repeated.map((report) => nested(report, date)))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return [{ url, headers, body: new URLSearchParams({ data }).toString() }]
}

/** The codes and texts of https://msg91.com/help/webhooks; the reasons are examples. */
const STATUSES: Record<ReportStatus, { status: string; desc: string; failedReason: string }> = {
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

const describeStatus = ({ code, status }: Report) => {
  const usual = STATUSES[status]
  return code === undefined
    ? usual
    : { ...usual, status: code, desc: DESCRIPTIONS[code] ?? usual.desc }
}

const commonFields = ({ message }: Report, date: string) => ({
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
  report: [
    { ...commonFields(report, date), clientid: '', ctCode: '900', ...describeStatus(report) },
  ],
  userId: '100000',
  campaignName: 'API',
})

const flat = (report: Report, date: string) => {
  const { desc, failedReason, status } = describeStatus(report)
  return {
    ...commonFields(report, date),
    senderId: report.message.carried.sender,
    requestId: report.message.id,
    userId: '100000',
    campaignName: 'API',
    status,
    desc,
    ...(failedReason ? { failedReason } : {}),
  }
}

const listed = (report: Report, at: Date) => [
  {
    data: [
      {
        meta: report.message.carried.CRQID ?? '0',
        INMSID: '0',
        description: describeStatus(report).desc,
        ts: Math.floor(at.getTime() / 1000),
      },
    ],
    event: report.status === 'delivered' ? 'delivered' : 'failed',
  },
]

/** With all fields that the template of an account can have. */
const allChosen = (report: Report, date: string) => {
  const { desc, failedReason } = describeStatus(report)
  return {
    requestId: report.message.id,
    requestedAt: date,
    status: desc.charAt(0) + desc.slice(1).toLowerCase(),
    deliveryTime: date,
    telNum: report.message.to,
    credit: '1',
    senderId: report.message.carried.sender,
    campaignName: 'API',
    INMSID: '0',
    CRQID: report.message.carried.CRQID ?? '0',
    failureReason: failedReason,
  }
}

const INDIA_MS = 5.5 * 60 * 60 * 1000

/** MSG91 writes Indian time without a zone. */
const indianTime = (at: Date): string =>
  new Date(at.getTime() + INDIA_MS).toISOString().slice(0, 19).replace('T', ' ')
