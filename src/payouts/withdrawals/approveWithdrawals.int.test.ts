import { randomUUID } from 'node:crypto'

import { createUser, signIn } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import {
  approve,
  createPayee,
  createWithdrawal,
  openScripted,
  readFunds,
  readWithdrawal,
  runIn,
} from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { AccountChange } from '../../domain/approvals/refuseApprover.ts'
import type { User } from '../../payload-types.ts'
import { recordAccountChanges } from '../../platform/approvals/accountChanges.ts'
import { holdWithdrawal, liftHold } from './stopWithdrawal.ts'

let product: Product
let [member, one, two, admin] = [] as unknown as [User, User, User, User]
let method = ''

beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, openScripted().driver)
})
afterAll(() => product.close())
beforeEach(async () => {
  await setPayoutRules(product, [{ four_eyes_above_minor: 50_000 }])
  const create = (role: 'admin' | 'finance') =>
    createUser(product.payload, { role, createdAt: '2026-01-01T00:00:00.000Z' })
  ;[one, two, admin] = [await create('finance'), await create('finance'), await create('admin')]
  await product.sql(
    `update users set created_at = '2026-01-01' where id in ('${one.id}', '${two.id}', '${admin.id}')`,
  )
  ;({ member, method } = await createPayee(product))
})

const create = (grossMinor: number) => createWithdrawal(product, { member, method, grossMinor })
/** Who approves what, as a word: `approved`, `first` or the code of the refusal. */
const decide = async (by: Pick<User, 'id'>, id: string): Promise<string> => {
  const { approved, first, refused } = await approve(product, by.id, [id])
  if (approved.length > 0) return 'approved'
  return first.length > 0 ? 'first' : (refused[0]?.code ?? 'none')
}
const change = (by: User, account: User, kinds: AccountChange[], daysAgo = 0) =>
  runIn(product.payload, (req) => {
    const at = new Date(Date.now() - daysAgo * 86_400_000 - 60_000)
    return recordAccountChanges(req, { account: account.id, by: by.id, changes: kinds, at })
  })
const person = ({ id, role }: User) => ({ id, role })
const hold = (by: User, id: string) =>
  runIn(product.payload, (req) =>
    holdWithdrawal(req, {
      id,
      by: person(by),
      owner: by.id,
      reason: 'looks odd',
      until: new Date(Date.now() + 86_400_000),
      now: new Date(),
    }),
  )
const lift = (by: User, id: string) =>
  runIn(product.payload, (req) =>
    liftHold(req, { id, by: person(by), reason: 'fine', now: new Date() }),
  ).then(
    () => 'lifted',
    (error: unknown) => (error as { code: string }).code,
  )

describe('one approval', () => {
  it('of an amount at the limit is enough, and counts once', async () => {
    const id = await create(50_000)
    expect(await decide(one, id)).toBe('approved')
    expect(await decide(two, id)).toBe('withdrawal.wrong-status')
  })

  it.each<[string, string, () => Promise<User>]>([
    ['by the member', 'withdrawal.own', () => Promise.resolve(member)],
    [
      'by who made the account, long ago',
      'withdrawal.not-independent',
      async () => {
        await change(one, member, ['created'], 400)
        return one
      },
    ],
    [
      'by who set its password, long ago',
      'withdrawal.not-independent',
      async () => {
        await change(one, member, ['password'], 400)
        return one
      },
    ],
    [
      'by who changed its address, long ago',
      'withdrawal.not-independent',
      async () => {
        await change(one, member, ['email'], 400)
        return one
      },
    ],
    [
      'by a person with a password that the member set',
      'withdrawal.not-independent',
      async () => {
        await change(member, one, ['password'])
        return one
      },
    ],
    [
      'by a person with an account that is newer than the request',
      'withdrawal.not-independent',
      async () => {
        await product.sql(`update users set created_at = now() where id = '${one.id}'`)
        return one
      },
    ],
    ['by support', 'withdrawal.forbidden', () => createUser(product.payload, { role: 'support' })],
  ])('%s is refused: %s', async (_case, code, arrange) => {
    if (code === 'withdrawal.own') {
      await product.sql(`update users set role = 'admin' where id = '${member.id}'`)
    }
    const id = await create(10_000)
    expect(await decide(await arrange(), id)).toBe(code)
    expect(await readWithdrawal(product, id)).toMatchObject({ status: 'requested' })
  })

  it('is refused while a wallet of the member is below zero, also by the database', async () => {
    const id = await create(10_000)
    await product.sql(`update wallets set balance_minor = -1
      where owner_id = '${member.id}' and kind = 'available'`)
    expect(await decide(one, id)).toBe('withdrawal.wallet-negative')
    await expect(
      product.sql(`update withdrawals set status = 'approved', is_auto_approved = true
        where id = '${id}'`),
    ).rejects.toMatchObject({ cause: { code: '23001' } })
  })

  it('of an unknown id is listed, and the others are approved', async () => {
    const id = await create(10_000)
    const other = randomUUID()
    const result = await approve(product, one.id, [other, id])
    expect(result).toMatchObject({
      approved: [id],
      refused: [{ id: other, reference: null, code: 'request.not-found' }],
    })
  })
})

describe('two approvals', () => {
  it('of a large amount come from two people', async () => {
    const id = await create(50_001)
    expect(await decide(one, id)).toBe('first')
    expect(await decide(one, id)).toBe('withdrawal.already-approved')
    expect(await readWithdrawal(product, id)).toMatchObject({ status: 'requested', needed: 2 })
    expect(await decide(two, id)).toBe('approved')
  })

  it.each([
    ['the first set the second’s password', () => change(one, two, ['password'])],
    ['the second gave the first the role', () => change(two, one, ['role'])],
    [
      'a third account of the first did it',
      async () => {
        await change(one, admin, ['created'])
        await change(admin, two, ['email'])
      },
    ],
  ])('are refused from linked people: %s', async (_case, arrange) => {
    await arrange()
    const id = await create(50_001)
    expect(await decide(one, id)).toBe('first')
    expect(await decide(two, id)).toBe('withdrawal.approvers-linked')
  })

  it('are still needed after the limit was raised', async () => {
    const id = await create(50_001)
    await setPayoutRules(product, [{ four_eyes_above_minor: 1_000_000 }])
    expect(await decide(one, id)).toBe('first')
    expect(await decide(two, id)).toBe('approved')
  })

  it('are needed without a rule', async () => {
    const id = await create(10_000)
    await setPayoutRules(product, [])
    expect(await decide(one, id)).toBe('first')
    expect(await decide(two, id)).toBe('approved')
  })

  it('at the same moment complete it once', async () => {
    const id = await create(50_001)
    const results = await Promise.all([decide(one, id), decide(two, id)])
    expect(results.sort()).toEqual(['approved', 'first'])
  })

  it('at the same moment by one person count once', async () => {
    const id = await create(50_001)
    const results = await Promise.all([decide(one, id), decide(one, id), decide(one, id)])
    expect(results.sort()).toEqual([
      'first',
      'withdrawal.already-approved',
      'withdrawal.already-approved',
    ])
    expect(await readWithdrawal(product, id)).toMatchObject({ status: 'requested' })
  })
})

describe('the limit of a person and day', () => {
  beforeEach(() => setPayoutRules(product, [{ actor_day_minor: 30_000 }]))

  it('counts within one bulk: what is above needs a second person', async () => {
    const ids = [await create(10_000), await create(20_000), await create(1_000)].sort()
    const result = await approve(product, one.id, ids)
    expect([result.approved.length + result.first.length, result.refused]).toEqual([3, []])
    const alone = await product.sql<{ sum: string }>(`
      select sum(gross_minor)::text as sum from withdrawals
      where status = 'approved' and member_id = '${member.id}'`)
    expect(Number(alone[0]?.sum)).toBeLessThanOrEqual(30_000)
    const [waiting = ''] = result.first
    expect(await decide(one, waiting)).toBe('withdrawal.already-approved')
    expect(await decide(two, waiting)).toBe('approved')
  })

  it('counts over bulks, and at the same moment', async () => {
    const ids = [await create(30_000), await create(30_000)]
    const results = await Promise.all(ids.map((id) => decide(one, id)))
    expect(results.sort()).toEqual(['approved', 'first'])
  })

  it('counts what waits for a second person, and not what was rejected', async () => {
    expect(await decide(one, await create(30_001))).toBe('first')
    const other = await create(100)
    expect(await decide(one, other)).toBe('first')
    await product.sql(`update withdrawals set status = 'rejected', reason = 'no'
      where member_id = '${member.id}' and gross_minor = 30001`)
    expect(await decide(one, await create(200))).toBe('approved')
  })

  it('does not count what was approved more than 24 hours ago', async () => {
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    const id = await createWithdrawal(product, { member, method, grossMinor: 30_000 })
    await product.sql(`alter table withdrawals disable trigger withdrawals_guarded`)
    await product.sql(`update withdrawals set created_at = '2026-02-01' where id = '${id}'`)
    await product.sql(`alter table withdrawals enable trigger withdrawals_guarded`)
    expect((await approve(product, one.id, [id], yesterday)).refused).toEqual([])
    expect(await decide(one, await create(30_000))).toBe('approved')
  })
})

describe('a hold', () => {
  it('ends the approvals, and pays nothing', async () => {
    const id = await create(50_001)
    await decide(one, id)
    await hold(two, id)
    expect(await decide(admin, id)).toBe('withdrawal.on-hold')
    expect(await lift(two, id)).toBe('lifted')
    expect(await decide(two, id)).toBe('first')
    expect(await decide(one, id)).toBe('approved')
    expect(await readFunds(product, member.id)).toMatchObject({ held: 50_001 })
  })

  it('is lifted by who set it or an admin, and by no other', async () => {
    const id = await create(10_000)
    await hold(one, id)
    expect(await lift(two, id)).toBe('withdrawal.not-holder')
    expect(await lift(admin, id)).toBe('lifted')
    expect(await lift(admin, id)).toBe('withdrawal.wrong-status')
  })

  it('that an admin lifts for another needs two people, also after a hold of the admin’s own', async () => {
    const id = await create(10_000)
    await hold(one, id)
    await lift(admin, id)
    await hold(admin, id)
    await lift(admin, id)
    expect(await decide(admin, id)).toBe('first')
    expect(await decide(one, id)).toBe('approved')
  })

  it('of one’s own, lifted by oneself, needs one approval', async () => {
    const id = await create(10_000)
    await hold(one, id)
    await lift(one, id)
    expect(await decide(one, id)).toBe('approved')
  })

  it('ends an automatic approval: a person approves, also for the database', async () => {
    const id = await create(10_000)
    await product.sql(
      `update withdrawals set status = 'approved', is_auto_approved = true where id = '${id}'`,
    )
    await hold(one, id)
    await lift(one, id)
    await expect(
      product.sql(`update withdrawals set status = 'approved' where id = '${id}'`),
    ).rejects.toMatchObject({ cause: { code: '23001' } })
    expect(await decide(one, id)).toBe('approved')
  })

  it('of a withdrawal after a first approval above the day limit still needs two', async () => {
    await setPayoutRules(product, [{ actor_day_minor: 5_000 }])
    const id = await create(10_000)
    expect(await decide(one, id)).toBe('first')
    await hold(two, id)
    await lift(two, id)
    await setPayoutRules(product, [{}])
    expect(await decide(two, id)).toBe('first')
    expect(await decide(one, id)).toBe('approved')
  })
})

it('a thousand are approved at once, in as many statements as one', async () => {
  const countStatements = async (ids: string[]): Promise<number> => {
    const { pool } = product.payload.db as unknown as {
      pool: { connect: () => Promise<{ query: unknown; release: () => void }> }
    }
    let count = 0
    const connect = pool.connect.bind(pool)
    pool.connect = async () => {
      const client = await connect()
      const original = client.query as (...args: unknown[]) => unknown
      client.query = (...args: unknown[]) => {
        count += 1
        return original.apply(client, args)
      }
      const release = client.release.bind(client)
      client.release = () => {
        client.query = original
        release()
      }
      return client
    }
    try {
      expect((await approve(product, one.id, ids)).approved).toHaveLength(ids.length)
    } finally {
      pool.connect = connect
    }
    return count
  }
  const first = await create(100)
  await product.sql(`
    insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
      gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed)
    select gen_random_uuid(), gen_random_uuid()::text, '${member.id}', '${method}', 'upi',
      'simulated', 'requested', 1, 0, 0, 1, 'INR', 1
    from generate_series(1, 1000)`)
  const rows = await product.sql<{ id: string }>(
    `select id from withdrawals where gross_minor = 1 and status = 'requested'`,
  )
  const single = await countStatements([first])
  expect(single).toBeGreaterThan(5)
  expect(await countStatements(rows.map(({ id }) => id))).toBe(single)
})

describe('over REST', () => {
  const send = (path: string, authorization: string, body: object = {}) =>
    product.rest<{ errors?: { code: string; field?: string }[] }>('POST', path, {
      authorization,
      body,
    })

  it('a bulk with other totals than were seen approves nothing', async () => {
    const authorization = await signIn(product.payload, one)
    const ids = [await create(10_000), await create(20_000)]
    const wrong = await send('/api/withdrawals/approve', authorization, {
      ids,
      totals: { INR: 29_999 },
    })
    expect(wrong).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'withdrawal.totals-differ', field: 'totals' }] },
    })
    expect(await readWithdrawal(product, ids[0] ?? '')).toMatchObject({ status: 'requested' })
    const right = { ids, totals: { INR: 30_000 } }
    const sent = await send('/api/withdrawals/approve', authorization, right)
    expect(sent).toMatchObject({ status: 200, body: { refused: [] } })
  })

  it('a member and support approve, reject, hold and lift nothing', async () => {
    const id = await create(10_000)
    const support = await createUser(product.payload, { role: 'support' })
    for (const who of [member, support]) {
      const authorization = await signIn(product.payload, who)
      for (const action of ['approve', 'reject', 'hold', 'lift-hold', 'look-up']) {
        const { status } = await send(`/api/withdrawals/${id}/${action}`, authorization, {
          reason: 'x',
          until: new Date(Date.now() + 3_600_000).toISOString(),
        })
        expect([who.role, action, status]).toEqual([who.role, action, 403])
      }
    }
    expect(await readWithdrawal(product, id)).toMatchObject({ status: 'requested' })
  })
})
