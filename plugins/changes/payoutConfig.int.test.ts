import type { PayoutConfig } from '../../src/payload-types.ts'
import { BUILT_IN_PROFILES } from '../../src/payouts/bankFiles/builtInProfiles.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { setDriver } from '../../test/support/payoutFactories.ts'
import { openScripted } from '../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Pending = { id: string; changes: { field: string; after: unknown }[] }
type Saved = PayoutConfig & { pendingChange?: Pending | null }
type Answer = {
  result: Saved
  errors?: { code: string; field?: string; message: string }[]
}

const RULE = {
  currency: 'INR',
  kind: 'upi',
  driver: 'simulated',
  isOn: true,
  minMinor: 100,
  maxMinor: 100_000,
  memberDayMinor: 200_000,
  actorDayMinor: 500_000,
  fourEyesAboveMinor: 50_000,
  autoApproveBelowMinor: 1_000,
  autoApproveAfterDays: 90,
  autoApproveAfterSettled: 3,
  coolOffHours: 72,
  feeFixedMinor: 10,
  feePercentBps: 20,
  feeBearer: 'member',
}
const BANK = {
  ...RULE,
  kind: 'bank-in',
  driver: 'bank-file',
  bankProfile: BUILT_IN_PROFILES.genericCsv.name,
}
const DEDUCTION = {
  label: 'Tax at source',
  section: '194R',
  currency: 'INR',
  from: '2026-04-01T00:00:00.000Z',
  rateBps: 1_000,
  rateWithoutTaxIdBps: 2_000,
  yearlyThresholdMinor: 2_000_000,
  appliesTo: 'whole',
  base: 'payout',
  yearStart: '04-01',
  timeZone: 'Asia/Kolkata',
}

let product: Product
let [first, second] = ['', '']
beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, openScripted().driver)
  setDriver(product.payload, { ...openScripted().driver, name: 'cashfree' })
  const enter = async () =>
    signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  ;[first, second] = [await enter(), await enter()]
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.payload.updateGlobal({
    slug: 'payout-config',
    data: { rules: [RULE, BANK], deductions: [], bankProfiles: null } as never,
  })
})

const save = (body: object) =>
  product.rest<Answer>('POST', '/api/globals/payout-config', { authorization: first, body })
const read = () => product.payload.findGlobal({ slug: 'payout-config', depth: 0 })
const approve = ({ id }: Pending, authorization = second) =>
  product.rest('POST', `/api/change-requests/${id}/approve`, { authorization, body: {} })
const waitsOf = ({ pendingChange }: Saved) =>
  (pendingChange?.changes ?? []).map(({ field }) => field)

it.each([
  ['a higher maximum', { maxMinor: 100_001 }],
  ['a lower minimum', { minMinor: 99 }],
  ['more for each member in a day', { memberDayMinor: 200_001 }],
  ['more for each person in a day', { actorDayMinor: 500_001 }],
  ['two people from a higher amount', { fourEyesAboveMinor: 50_001 }],
  ['more without a person', { autoApproveBelowMinor: 1_001 }],
  ['younger members without a person', { autoApproveAfterDays: 89 }],
  ['fewer settled withdrawals', { autoApproveAfterSettled: 2 }],
  ['a shorter cool-off', { coolOffHours: 71 }],
  ['another driver', { driver: 'cashfree' }],
  ['a higher fee', { feeFixedMinor: 11 }],
  ['a lower fee', { feeFixedMinor: 9 }],
  ['another share', { feePercentBps: 0 }],
  ['another bearer', { feeBearer: 'platform' }],
])('%s waits for a second admin, and other changes of the row do not', async (_case, looser) => {
  const rules = [{ ...RULE, memberDayMinor: 150_000, ...looser }, BANK]
  const { body, status } = await save({ rules })
  expect([status, waitsOf(body.result)]).toEqual([200, ['rules']])
  const [kept] = (await read()).rules ?? []
  const isOther = !('memberDayMinor' in looser)
  expect(kept).toMatchObject({ ...RULE, ...(isOther ? { memberDayMinor: 150_000 } : {}) })
  const pending = body.result.pendingChange as Pending
  expect((await approve(pending, first)).status).toBe(403)
  expect((await approve(pending)).status).toBe(200)
  const [bank, upi] = ((await read()).rules ?? []).sort((a, b) => (a.kind < b.kind ? -1 : 1))
  expect(upi).toMatchObject({ ...rules[0] })
  expect(bank).toMatchObject(BANK)
})

it('a rule that is switched on, and a new one, wait', async () => {
  await product.payload.updateGlobal({
    slug: 'payout-config',
    data: { rules: [{ ...RULE, isOn: false }] } as never,
  })
  const { body } = await save({ rules: [RULE, BANK] })
  expect(waitsOf(body.result)).toEqual(['rules'])
  expect((await read()).rules).toMatchObject([{ isOn: false }])
  expect((await read()).rules).toHaveLength(1)
})

it('another bank profile of a rule waits', async () => {
  const own = { ...BUILT_IN_PROFILES.genericCsv, name: 'own' }
  await product.payload.updateGlobal({ slug: 'payout-config', data: { bankProfiles: [own] } })
  const { body } = await save({ rules: [RULE, { ...BANK, bankProfile: 'own' }] })
  expect(waitsOf(body.result)).toEqual(['rules'])
  expect((await read()).rules?.[1]).toMatchObject({ bankProfile: BANK.bankProfile })
})

it.each([
  ['lower limits', { maxMinor: 50_000, memberDayMinor: 1, actorDayMinor: 1, minMinor: 200 }],
  ['stricter approvals', { fourEyesAboveMinor: 1, autoApproveBelowMinor: 0 }],
  ['a longer cool-off', { coolOffHours: 100 }],
  ['a rule that is off', { isOn: false }],
])('%s take effect at once', async (_case, tighter) => {
  const { body } = await save({ rules: [{ ...RULE, ...tighter }, BANK] })
  expect(waitsOf(body.result)).toEqual([])
  expect((await read()).rules?.[0]).toMatchObject(tighter)
})

it('a rule that is removed is gone at once, and waits to come back', async () => {
  expect(waitsOf((await save({ rules: [RULE] })).body.result)).toEqual([])
  expect((await read()).rules).toHaveLength(1)
  expect(waitsOf((await save({ rules: [RULE, BANK] })).body.result)).toEqual(['rules'])
})

it.each([
  ['a first deduction', [], [DEDUCTION]],
  ['a lower rate', [DEDUCTION], [{ ...DEDUCTION, rateBps: 999 }]],
  ['no deduction', [DEDUCTION], []],
])('%s waits', async (_case, before, after) => {
  await product.payload.updateGlobal({
    slug: 'payout-config',
    data: { deductions: before } as never,
  })
  const { body } = await save({ deductions: after })
  expect(waitsOf(body.result)).toEqual(['deductions'])
  expect((await read()).deductions).toHaveLength(before.length)
  expect((await approve(body.result.pendingChange as Pending)).status).toBe(200)
  expect((await read()).deductions).toHaveLength(after.length)
})

it('a profile of a bank file waits: it names the account that pays', async () => {
  const own = { ...BUILT_IN_PROFILES.genericCsv, name: 'own' }
  const { body } = await save({ bankProfiles: [own] })
  expect(waitsOf(body.result)).toEqual(['bankProfiles'])
  expect((await read()).bankProfiles ?? null).toBeNull()
})

it.each<[string, object, string, string]>([
  ['an unknown driver', { rules: [{ ...RULE, driver: 'abc' }] }, 'rules.0.driver', 'One of:'],
  [
    'a driver that is not set up',
    { rules: [{ ...RULE, driver: 'paypal' }] },
    'rules.0.driver',
    'paypal is not set up in the environment.',
  ],
  [
    'a bank file without a profile',
    { rules: [RULE, { ...BANK, bankProfile: null }] },
    'rules.1.bankProfile',
    'One of:',
  ],
  [
    'a bank file with an unknown profile',
    { rules: [{ ...BANK, bankProfile: 'x' }] },
    'rules.0.bankProfile',
    'One of:',
  ],
  [
    'a profile of another currency',
    { rules: [{ ...BANK, currency: 'EUR' }] },
    'rules.0.bankProfile',
    'does not pay EUR by bank-in',
  ],
  [
    'a profile of another driver',
    { rules: [{ ...RULE, bankProfile: BANK.bankProfile }] },
    'rules.0.bankProfile',
    'Only bank-file has a profile.',
  ],
  [
    'a minimum above the maximum',
    { rules: [{ ...RULE, minMinor: 100_001 }] },
    'rules.0.minMinor',
    'The minimum is above the maximum',
  ],
  ['two rules of one method', { rules: [RULE, RULE] }, 'rules', 'one rule only'],
  ['profiles that are no list', { bankProfiles: {} }, 'bankProfiles', 'Give a list of profiles.'],
  ['a malformed profile', { bankProfiles: [{ name: 'x' }] }, 'bankProfiles', 'Profile 1:'],
  [
    'a year that begins on no day',
    { deductions: [{ ...DEDUCTION, yearStart: '02-29' }] },
    'deductions.0.yearStart',
    'Give the day as MM-DD.',
  ],
  [
    'an unknown time zone',
    { deductions: [{ ...DEDUCTION, timeZone: 'Mars/Base' }] },
    'deductions.0.timeZone',
    'Give a time zone',
  ],
  [
    'a deduction that ends before it begins',
    { deductions: [{ ...DEDUCTION, to: '2026-01-01T00:00:00.000Z' }] },
    'deductions.0.to',
    'It ends before it begins.',
  ],
])('%s is refused at its field', async (_case, body, field, message) => {
  const answer = await save(body)
  const [error] = answer.body.errors ?? []
  expect([answer.status, error?.field]).toEqual([400, field])
  expect(error?.message).toContain(message)
})
