import { BUILT_IN_PROFILES } from '../../src/payouts/bankFiles/builtInProfiles.ts'
import { createBatch } from '../../src/payouts/batches/createBatch.ts'
import { setTaxId } from '../../src/payouts/tax/setTaxId.ts'
import { dayIn } from '../../src/domain/zonedDay.ts'
import { createUser } from './factories.ts'
import {
  ACCOUNTS,
  createMethod,
  creditMember,
  setDriver,
  setPayoutRules,
} from './payoutFactories.ts'
import {
  answers,
  applyReport,
  approve,
  createWithdrawal,
  openScripted,
  pay,
  readWithdrawal,
  runIn,
} from './payoutSteps.ts'
import type { Product } from './startProduct.ts'

export type PayoutRows = {
  /** Requested, paid by the driver, failed with an open late success, and in the batch. */
  withdrawals: { requested: string; settled: string; late: string; inBatch: string }
  batch: string
}

/**
 * Creates rows in every collection of payouts for a member: methods, a tax id, withdrawals in
 * several states with approvals and attempts, a batch for the bank and an answer of it.
 */
export const createPayoutRows = async (product: Product, member: string): Promise<PayoutRows> => {
  const { payload, sql } = product
  const profile = BUILT_IN_PROFILES.genericCsv.name
  await setPayoutRules(product, [
    {},
    { kind: 'bank-in', driver: 'bank-file', bank_profile: profile },
  ])
  const bank = openScripted()
  setDriver(payload, bank.driver)
  const by = (await createUser(payload, { role: 'finance' })).id
  await creditMember(payload, { member, amountMinor: 100_000 })
  await runIn(payload, (req) =>
    setTaxId(req, { member, country: 'IN', number: 'ABCPE1234F', now: new Date() }),
  )
  const method = await createMethod(product, { member })
  const account = await createMethod(product, { member, account: ACCOUNTS['bank-in'] })
  const request = (way: string) =>
    createWithdrawal(product, { member: { id: member }, method: way, grossMinor: 10_000 })

  const [settled, late] = [await request(method), await request(method)]
  await approve(product, by, [settled])
  await pay(product, new Date(Date.now() + 1_000))
  await approve(product, by, [late])
  bank.script.send = () => answers.report('failed', { remedy: 'never', code: 'closed' })
  await pay(product, new Date(Date.now() + 1_000))
  const key = (await readWithdrawal(product, late)).attempts[0]?.key ?? ''
  await applyReport(product, key, 'settled')

  const inBatch = await request(account)
  await approve(product, by, [inBatch])
  const now = new Date(Date.now() + 1_000)
  const payDate = dayIn(now, BUILT_IN_PROFILES.genericCsv.timeZone)
  const { id: batch } = await runIn(payload, (req) =>
    createBatch(req, { bankProfile: profile, ids: null, payDate, by, now }),
  )
  await sql(`
    insert into payout_result_files (id, name, bank_profile, sha256, imported_by_id, counts)
    values (gen_random_uuid(), 'answer.csv', '${profile}', 'x', '${by}', '{}')`)
  const requested = await request(method)
  return { withdrawals: { requested, settled, late, inBatch }, batch }
}
