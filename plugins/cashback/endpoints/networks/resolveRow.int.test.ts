import { createNetwork } from '../../../../test/support/cashbackFactories.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
const people: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'admin', 'support', 'member'] as const) {
    const user = await createUser(product.payload, { role })
    tokens[role] = await signIn(product.payload, user)
    people[role] = user.id
  }
})
afterAll(() => product.close())

const insertQuarantinedRow = async (): Promise<string> => {
  const { id: network } = await createNetwork(product.payload)
  const [row] = await product.sql<{ id: string }>(`insert into quarantined_rows
      (id, network_id, content_hash, code, detail, raw)
    values (time_ordered_uuid(), '${network}', 'h', 'row.no-amount', 'not a number', '{}') returning id`)
  return row?.id ?? ''
}
const REASON = 'a test order of the network'
const resolve = (id: string, role?: string, body: object = { reason: REASON }) =>
  product.rest('POST', `/api/quarantined-rows/${id}/resolve`, {
    ...(role ? { authorization: tokens[role] } : {}),
    body,
  })
const rowOf = (id: string) =>
  product.sql(`select resolved_at, resolved_by::text, person_id, reason from quarantined_rows
    where id = '${id}'`)
const OPEN = { resolved_at: null, resolved_by: null, person_id: null, reason: null }

describe('a quarantined row', () => {
  it.each(['finance', 'admin'])('is resolved by %s with a reason, and audited', async (role) => {
    const id = await insertQuarantinedRow()
    expect((await resolve(id, role)).status).toBe(200)
    const resolved = { resolved_by: 'person', person_id: people[role], reason: REASON }
    expect(await rowOf(id)).toEqual([{ ...resolved, resolved_at: expect.any(String) }])
    const log = await product.sql(`select action, actor_id, reason from audit_logs
      where subject = 'quarantined-rows' and subject_id = '${id}'`)
    expect(log).toEqual([{ action: 'resolve', actor_id: people[role], reason: REASON }])
  })

  it('is resolved once, by the first of two requests', async () => {
    const id = await insertQuarantinedRow()
    const answers = await Promise.all([resolve(id, 'finance'), resolve(id, 'admin')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await resolve(id, 'finance')).body).toMatchObject({
      errors: [{ code: 'quarantine.resolved' }],
    })
    expect(await product.sql(`select 1 from audit_logs where subject_id = '${id}'`)).toHaveLength(1)
  })

  it('stays open after a request of another role, or without a reason', async () => {
    const id = await insertQuarantinedRow()
    expect((await resolve(id)).status).toBe(401)
    for (const role of ['support', 'member']) expect((await resolve(id, role)).status).toBe(403)
    for (const reason of [undefined, ' no  ', 'x'.repeat(501)]) {
      const { body, status } = await resolve(id, 'finance', { reason })
      expect([status, body]).toMatchObject([400, { errors: [{ code: 'audit.reason-required' }] }])
    }
    expect(await rowOf(id)).toEqual([OPEN])
  })

  it('that does not exist is not found', async () => {
    expect((await resolve('00000000-0000-7000-8000-000000000001', 'finance')).status).toBe(404)
  })
})
