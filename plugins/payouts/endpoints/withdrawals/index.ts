import type { Endpoint } from 'payload'

import { approveManyWithdrawals, approveWithdrawal } from './approveWithdrawals.ts'
import { cancelWithdrawal } from './cancelWithdrawal.ts'
import { explainWithdrawal } from './explainWithdrawal.ts'
import { lookUpWithdrawal } from './lookUpWithdrawal.ts'
import { readCards } from './readCards.ts'
import { quoteWithdrawal, requestWithdrawal } from './requestWithdrawal.ts'
import { holdWithdrawal, liftHold, rejectWithdrawal } from './stopWithdrawal.ts'

/** The routes below `/api/withdrawals`. */
export const withdrawalEndpoints = (options: { rateLimitFactor: number | null }): Endpoint[] => [
  requestWithdrawal(options),
  quoteWithdrawal(options),
  approveManyWithdrawals,
  cancelWithdrawal,
  approveWithdrawal,
  rejectWithdrawal,
  holdWithdrawal,
  liftHold,
  lookUpWithdrawal,
  readCards,
  explainWithdrawal,
]
