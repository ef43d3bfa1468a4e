import type { User } from '../../../../src/payload-types.ts'
import { openSimulated } from '../../../../src/payouts/drivers/simulated.ts'
import { approveAs, claimAll, requestByMember } from '../../../../test/support/deskFactories.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../../test/support/payoutFactories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { loadDeskBadge } from '../../admin/loadDeskBadge.ts'

let product: Product
let finance: User
const auth: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  await setPayoutRules(product, [{}])
  setDriver(
    product.payload,
    openSimulated({ baseUrl: 'http://localhost:1', apiKey: 'unused', privateHosts: 'any' }),
  )
  finance = await createUser(product.payload, { role: 'finance' })
  auth.finance = await signIn(product.payload, finance)
  for (const role of ['support', 'member'] as const) {
    auth[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
})
afterAll(() => product.close())

type Listed = {
  tab: string
  total: number
  counts: { waiting: number }
  rows: { reference: string; assessment: { level: string } }[]
}
const get = <Body>(path: string, authorization?: string) =>
  product.rest<Body>('GET', `/api/withdrawals/${path}`, { authorization })

describe('the desk over REST', () => {
  it.each([
    ['a stranger', undefined, 401],
    ['a member', 'member', 403],
    ['support', 'support', 200],
    ['finance', 'finance', 200],
  ])('%s gets %s: %i, for the list and for one withdrawal', async (_, role, status) => {
    const { id } = await requestByMember(product)
    const authorization = role && auth[role]
    expect((await get('desk', authorization)).status).toBe(status)
    expect((await get(`${id}/desk`, authorization)).status).toBe(status)
  })

  it('lists by tab and filter, with the counts and the risk of each', async () => {
    const { reference } = await requestByMember(product, { nameMatch: 'mismatch' })
    const { body, headers } = await get<Listed>(`desk?text=${reference}`, auth.support)
    expect(body).toMatchObject({ tab: 'waiting', total: 1, rows: [{ reference }] })
    expect(body.counts.waiting).toBeGreaterThan(0)
    expect(body.rows[0]?.assessment.level).toBe('medium')
    expect(headers.get('cache-control')).toBe('private, no-store')
    const files = await get<Listed>('desk?tab=bank-files', auth.support)
    expect(files.body.rows).toBeUndefined()
  })

  it('shows one withdrawal without its account number, and 404 for an unknown one', async () => {
    const { id } = await requestByMember(product)
    const { body } = await get(`${id}/desk`, auth.support)
    expect(body).toMatchObject({ row: { id, display: 'as•••@okhdfc' }, attempts: [] })
    const text = JSON.stringify(body)
    for (const secret of ['asha.rao', 'sealed', 'fingerprint']) expect(text).not.toContain(secret)
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect((await get(`${unknown}/desk`, auth.support)).status).toBe(404)
    expect((await get('desk/desk', auth.support)).status).toBe(404)
  })

  it('support approves, rejects, holds and lifts nothing', async () => {
    const { id } = await requestByMember(product)
    const until = new Date(Date.now() + 86_400_000).toISOString()
    for (const action of ['approve', 'reject', 'hold', 'lift-hold', 'look-up']) {
      const { status } = await product.rest('POST', `/api/withdrawals/${id}/${action}`, {
        authorization: auth.support,
        body: { reason: 'a reason', until },
      })
      expect(status).toBe(403)
    }
  })
})

it('the badge counts what waits, and names what is in doubt first', async () => {
  const { id } = await requestByMember(product)
  const waiting = await loadDeskBadge(product.payload)
  expect(waiting).toEqual({ text: expect.stringMatching(/^\d+$/), isBad: false })
  await approveAs(product.payload, finance.id, [id])
  await claimAll(product.payload)
  await product.sql(`update withdrawals set status = 'in-doubt' where id = '${id}'`)
  expect(await loadDeskBadge(product.payload)).toEqual({ text: '1 in doubt', isBad: true })
  await product.sql(`update payout_attempts set late_status = 'open' where withdrawal_id = '${id}'`)
  expect(await loadDeskBadge(product.payload)).toEqual({ text: '1 paid late', isBad: true })
})
