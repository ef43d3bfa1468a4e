import { createLocalReq, type Payload } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { User } from '../../src/payload-types.ts'
import { applyReports } from '../../src/payouts/attempts/applyReports.ts'
import { claimAttempts } from '../../src/payouts/attempts/claimAttempts.ts'
import type { PayoutReport } from '../../src/payouts/drivers/types.ts'
import { approveWithdrawals } from '../../src/payouts/withdrawals/approveWithdrawals.ts'
import { requestWithdrawal } from '../../src/payouts/withdrawals/requestWithdrawal.ts'
import { createUser } from './factories.ts'
import { createMethod, creditMember } from './payoutFactories.ts'
import type { Product } from './startProduct.ts'

type Database = Pick<Product, 'payload' | 'sql'>
export type Requested = { id: string; reference: string; member: User; method: string }

/** A member with money who requests a withdrawal. Returns the withdrawal and the member. */
export const requestByMember = async (
  product: Database,
  {
    amountMinor = 60_000,
    creditMinor = 100_000,
    member: given,
    name = 'Asha Rao',
    ...method
  }: {
    amountMinor?: number
    creditMinor?: number
    member?: User
    name?: string
  } & Partial<Omit<Parameters<typeof createMethod>[1], 'member'>> = {},
): Promise<Requested> => {
  const { payload } = product
  const member = given ?? (await createUser(payload, { name }))
  const methodId = await createMethod(product, { member: member.id, ...method })
  await creditMember(payload, { member: member.id, amountMinor: creditMinor })
  const req = await createLocalReq({}, payload)
  const { id, reference } = await inTransaction(req, () =>
    requestWithdrawal(req, {
      member: member.id,
      method: methodId,
      grossMinor: amountMinor,
      currency: 'INR',
      now: new Date(),
    }),
  )
  return { id, reference, member, method: methodId }
}

/** Approves withdrawals as one person. */
export const approveAs = async (payload: Payload, by: string, ids: string[]) => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () => approveWithdrawals(req, { ids, by, now: new Date() }))
}

/** Claims what is approved, as a worker does before it calls a provider. Returns the attempts' keys. */
export const claimAll = async (payload: Payload, driver = 'simulated'): Promise<string[]> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () =>
    claimAttempts(req, {
      drivers: [driver],
      limit: 100,
      lease: { token: 'test', ms: 1 },
      now: new Date(Date.now() + 1_000),
    }),
  )
}

/** Applies a report of a provider about an attempt. */
export const reportAttempt = async (
  payload: Payload,
  key: string,
  report: Partial<PayoutReport> & Pick<PayoutReport, 'status'>,
): Promise<void> => {
  const req = await createLocalReq({}, payload)
  const whole: PayoutReport = {
    providerId: null,
    bankReference: null,
    code: null,
    detail: null,
    remedy: null,
    feeMinor: null,
    ...report,
  }
  await inTransaction(req, () =>
    applyReports(req, { reports: [{ name: { key }, report: whole }], now: new Date() }),
  )
}
