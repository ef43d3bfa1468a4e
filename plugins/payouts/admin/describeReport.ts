import { formatCount } from '../../../src/admin/format/counts.ts'
import type { AttemptStatus } from '../../../src/domain/payouts/attemptStates.ts'

/** Where an attempt is, followed by the name of its driver. */
export const ATTEMPT_LABELS: Record<AttemptStatus, string> = {
  sending: 'Not known yet whether it reached',
  sent: 'Sent by',
  'in-doubt': 'In doubt at',
  settled: 'Paid by',
  failed: 'Not paid by',
  returned: 'Returned by',
}

/** @example describeLooks(1) // 'Looked up once' */
export const describeLooks = (count: number): string => {
  if (count === 0) return 'Not looked up yet'
  return count === 1 ? 'Looked up once' : `Looked up ${formatCount(count)} times`
}

/**
 * The words of a provider with its code.
 *
 * @example describeReport({ code: 'account-closed', detail: 'The account is closed' }) // 'The account is closed (account-closed)'
 */
export const describeReport = ({
  code,
  detail,
}: {
  code: string | null
  detail: string | null
}): string => {
  if (detail === null) return code ?? ''
  return code === null ? detail : `${detail} (${code})`
}
