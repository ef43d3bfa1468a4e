import type { ServiceAccount } from '../payload-types.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { runCli } from '../../test/support/runCli.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  await createUser(product.payload, { role: 'support' })
  const admin = await createUser(product.payload, { role: 'admin', name: 'Meera' })
  authorization = await signIn(product.payload, admin)
})
afterAll(() => product.close())

const run = (...args: string[]) => runCli(product.databaseUrl, ['changes', ...args])
const addMachine = async () => {
  const { body } = await product.rest<{ doc: ServiceAccount & { pendingChange: { id: string } } }>(
    'POST',
    '/api/service-accounts',
    { authorization, body: { name: 'robot', scopes: ['members:read'] } },
  )
  return { machine: body.doc.id, change: body.doc.pendingChange.id }
}

describe('tributary changes', () => {
  it('lists what waits, and the operator approves it without a second admin, audited', async () => {
    const { change, machine } = await addMachine()
    const { out } = await run('list')
    expect(out).toContain('robot, by Meera')
    expect(out).toContain('Scopes: none → members:read')

    const approved = await run('approve', change, '--reason', 'the only admin is travelling')
    expect([approved.code, approved.out.trim()]).toEqual([0, 'applied'])
    const { scopes } = await product.payload.findByID({
      collection: 'service-accounts',
      id: machine,
    })
    expect(scopes).toEqual(['members:read'])
    expect(
      await product.sql(
        `select actor_role, reason from audit_logs where action = 'change-applied'`,
      ),
    ).toEqual([{ actor_role: 'operator', reason: 'the only admin is travelling' }])
    const again = await run('approve', change, '--reason', 'once more, please')
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('already decided')])
  }, 120_000)

  it('rejects one, and needs a reason', async () => {
    const { change } = await addMachine()
    expect((await run('reject', change)).code).toBe(1)
    const rejected = await run('reject', change, '--reason', 'not agreed upon')
    expect([rejected.code, rejected.out.trim()]).toEqual([0, 'rejected'])
  }, 120_000)
})
