import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let rowId: string
const tokens: Record<string, string> = {}

beforeAll(async () => {
  product = await startProduct()
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
  const [row] = await product.sql<{ id: string }>('select id from audit_logs limit 1')
  rowId = row?.id ?? ''
})
afterAll(() => product.close())

const log = () => product.sql('select * from audit_logs order by id')

describe('SQL on audit_logs', () => {
  it.each([
    ['UPDATE', `update audit_logs set reason = 'mine'`],
    ['DELETE', 'delete from audit_logs'],
    ['TRUNCATE', 'truncate audit_logs'],
    ['TRUNCATE CASCADE from a table it refers to', 'truncate users cascade'],
  ])('%s is refused', async (_name, statement) => {
    const before = await log()
    await expect(product.sql(statement)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('is refused') }),
    })
    expect(await log()).toEqual(before)
  })
})

describe.each(['admin', 'finance', 'support', 'member'])('%s', (role) => {
  const body = { at: '2026-01-01T00:00:00.000Z', action: 'mine', subject: 'users' }

  it.each([
    ['create', 'POST', () => '/api/audit-logs'],
    ['update one', 'PATCH', () => `/api/audit-logs/${rowId}`],
    ['update many', 'PATCH', () => '/api/audit-logs?where[id][exists]=true'],
    ['delete one', 'DELETE', () => `/api/audit-logs/${rowId}`],
    ['delete many', 'DELETE', () => '/api/audit-logs?where[id][exists]=true'],
    ['duplicate', 'POST', () => `/api/audit-logs/${rowId}/duplicate`],
  ])('cannot %s over REST', async (_name, method, path) => {
    const before = await log()
    const { status } = await product.rest(method, path(), { authorization: tokens[role], body })
    expect([403, 404]).toContain(status)
    expect(await log()).toEqual(before)
  })

  it.each([
    ['create', 'mutation { createAuditLog(data: { action: "mine" }) { id } }'],
    ['update', 'mutation { updateAuditLog(id: "ID", data: { action: "mine" }) { id } }'],
    ['delete', 'mutation { deleteAuditLog(id: "ID") { id } }'],
  ])('cannot %s over GraphQL', async (_name, mutation) => {
    const before = await log()
    const { body: answer } = await product.graphql(mutation.replace('ID', rowId), tokens[role])
    expect(answer.errors).not.toHaveLength(0)
    expect(await log()).toEqual(before)
  })

  it(role === 'admin' ? 'reads the audit log' : 'cannot read the audit log', async () => {
    const { status } = await product.rest('GET', '/api/audit-logs', { authorization: tokens[role] })
    expect(status).toBe(role === 'admin' ? 200 : 403)
    const { body: answer } = await product.graphql(
      '{ AuditLogs { totalDocs docs { action } } }',
      tokens[role],
    )
    expect(Boolean(answer.errors)).toBe(role !== 'admin')
  })
})

it('the Local API cannot change the audit log, although it skips access rules', async () => {
  const { payload } = product
  await expect(
    payload.update({ collection: 'audit-logs', id: rowId, data: { action: 'mine' } }),
  ).rejects.toThrow()
  await expect(payload.delete({ collection: 'audit-logs', id: rowId })).rejects.toThrow()
})
