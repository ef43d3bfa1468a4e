import type { SyncReport } from './syncNow.ts'

/** The outcome of each network, one line each. */
export const formatReports = (reports: SyncReport[]): string[] => {
  if (reports.length === 0) return ['No network is switched on.']
  return reports.map((report) => {
    const { error, errorCode, network, status, why } = report
    const counts =
      status === 'skipped'
        ? why
        : [
            `${report.rows} rows`,
            `${report.created} new`,
            `${report.changed - report.created} changed`,
            `${report.unattributed} unattributed`,
            `${report.quarantined} quarantined`,
          ].join(', ')
    const problem = errorCode ? `; ${errorCode}: ${error ?? ''}` : ''
    return `${network}  ${status}  ${counts ?? ''}${formatCashback(report)}${problem}`
  })
}

const formatCashback = ({ cashback = {} }: SyncReport): string =>
  Object.entries(cashback)
    .map(
      ([currency, { credited, takenBack }]) =>
        `; ${currency} +${credited} −${takenBack} minor units`,
    )
    .join('')
