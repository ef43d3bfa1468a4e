import { insertAuditRows } from '../../test/support/insertAuditRows.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { sealDays } from './sealDays.ts'
import { verifyWallets } from './verifyWallets.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
  for (const day of [1, 20]) await insertAuditRows(product, `2026-01-${day}T10:00:00Z`)
  await sealDays.run(contextAt('2026-01-21T01:00:00Z'))
})
afterAll(() => product.close())

const contextAt = (at: string) => ({
  payload: product.payload,
  now: new Date(at),
  data: null,
  signal: new AbortController().signal,
})
const SATURDAY = '2026-01-24T03:00:00Z'
const SUNDAY = '2026-01-25T03:00:00Z'
const tamper = (day: number, reason: string) =>
  product.sql(`begin; set local session_replication_role to replica;
    update audit_logs set reason = ${reason} where at::date = '2026-01-${day}'; commit`)

it('verifies the sealed days of the last week, and all of them on Sundays', async () => {
  expect(await verifyWallets.run(contextAt(SATURDAY))).toMatchObject({ sealedDays: 5 })
  expect(await verifyWallets.run(contextAt(SUNDAY))).toMatchObject({ sealedDays: 20 })
})

it('fails with the day that breaks, so that admins are alerted', async () => {
  await tamper(20, `'changed'`)
  await expect(verifyWallets.run(contextAt(SATURDAY))).rejects.toThrow(
    'The proof breaks on 2026-01-20: audit changed.',
  )
  await tamper(20, 'null')
  await tamper(1, `'changed'`)
  await expect(verifyWallets.run(contextAt(SUNDAY))).rejects.toThrow(
    'The proof breaks on 2026-01-01: audit changed.',
  )
})
