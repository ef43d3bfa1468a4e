import type { SyncReport } from './syncNow.ts'

/** How networks ended, a line for each, for people. */
export const linesOf = (reports: SyncReport[]): string[] => {
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
            `${report.orphans} without a member`,
            `${report.quarantined} kept aside`,
          ].join(', ')
    const problem = errorCode ? `; ${errorCode}: ${error ?? ''}` : ''
    return `${network}  ${status}  ${counts ?? ''}${cashbackIn(report)}${problem}`
  })
}

const cashbackIn = ({ cashback = {} }: SyncReport): string =>
  Object.entries(cashback)
    .map(
      ([currency, { credited, takenBack }]) =>
        `; ${currency} +${credited} −${takenBack} minor units`,
    )
    .join('')
