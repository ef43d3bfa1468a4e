import { insertWalletHistory } from '../../../test/support/insertWalletHistory.ts'
import { createUser } from '../../../test/support/factories.ts'
import { runCli } from '../../../test/support/runCli.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const wallet = (...args: string[]) => runCli(product.databaseUrl, ['wallet', ...args])

describe('tributary wallet', () => {
  it('verifies, prints a statement, refuses to rebuild for one person, and rebuilds for two', async () => {
    const { payload } = product
    const member = await createUser(payload)
    const [requester, approver] = [
      await createUser(payload, { role: 'finance' }),
      await createUser(payload, { role: 'admin' }),
    ]
    const id = await insertWalletHistory(product, member.id, [
      { at: '2025-10-05T10:00:00Z', deltaMinor: 12_345 },
      { at: '2025-10-06T10:00:00Z', deltaMinor: -45 },
    ])
    expect(await wallet('verify')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Adds up/),
    })
    await product.sql(`update wallets set balance_minor = 5 where id = '${id}'`)

    const found = await wallet('verify', '--incremental', '--json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)).toMatchObject({
      mode: 'incremental',
      frozen: [id],
      problems: [{ problem: 'balance-differs', subject: id }],
    })

    const period = ['--member', member.email, '--from', '2025-10-01', '--to', '2025-10-31']
    const statement = await wallet('statement', ...period)
    expect(statement.out).toContain('+₹123.45')
    expect(statement.out).toContain('closing  ₹123.00')

    const rebuild = (approvedBy: string) => [
      ...['rebuild', '--wallet', id, '--reason', 'changed by hand'],
      ...['--requested-by', requester.email, '--approved-by', approvedBy],
    ]
    const refused = await wallet(...rebuild(requester.email))
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('second person') })
    const rebuilt = await wallet(...rebuild(approver.email))
    expect(rebuilt).toMatchObject({ code: 0, out: expect.stringContaining('5 → 12300') })

    const [log] = await product.sql<Record<string, unknown>>(
      `select action, actor_email, reason, before, after from audit_logs where subject_id = '${id}'`,
    )
    expect(log).toMatchObject({
      action: 'rebuild',
      actor_email: approver.email,
      reason: 'changed by hand',
      before: { balanceMinor: 5 },
      after: { balanceMinor: 12_300, requestedBy: requester.email },
    })
    expect(await wallet('verify', '--no-freeze')).toMatchObject({ code: 0 })
  }, 180_000)
})
