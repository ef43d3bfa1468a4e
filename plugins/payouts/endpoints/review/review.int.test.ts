import type { User } from '../../../../src/payload-types.ts'
import { createMachine, createUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

type Answer = { errors?: { code: string; field?: string }[] } & Record<string, unknown>
type Person = { user: User; token: string }
const create = async (role: User['role'] = 'member'): Promise<Person> => {
  const user = await createUser(product.payload, { role })
  return { user, token: await signIn(product.payload, user) }
}
const daysAhead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString()
const REASON = 'Three accounts with one address'
const start = (by: { token?: string }, { user }: Person, over: object = {}) =>
  product.rest<Answer>('POST', `/api/users/${user.id}/review`, {
    authorization: by.token,
    body: { reason: REASON, until: daysAhead(7), ...over },
  })
const end = (
  by: { token?: string },
  { user }: Person,
  body: object = { reason: 'It was cleared' },
) =>
  product.rest<Answer>('POST', `/api/users/${user.id}/end-review`, {
    authorization: by.token,
    body,
  })
const refusalOf = ({ body, status }: { status: number; body: Answer }) => {
  const [error] = body.errors ?? []
  return [status, error?.code, error?.field]
}
const reviewOf = async ({ user }: Person) => {
  const [row] = await product.sql<{ reason: string | null; owner: string | null; until: unknown }>(
    `select review_reason as reason, review_owner_id as owner, review_until as until
     from users where id = '${user.id}'`,
  )
  return row
}
const auditsOf = ({ user }: Person) =>
  product.sql<{ action: string; reason: string; actor_email: string }>(
    `select action, reason, actor_email from audit_logs
     where subject_id = '${user.id}' and action like '%review' order by id`,
  )

describe.each(['support', 'finance', 'admin'] as const)('a review by %s', (role) => {
  it('is stored with its reason, next date and owner, and audited', async () => {
    const [staff, member] = [await create(role), await create()]
    const until = daysAhead(30)
    const { body, status } = await start(staff, member, { until })
    expect([status, body]).toEqual([200, { member: member.user.id, until, owner: staff.user.id }])
    expect(await reviewOf(member)).toEqual({
      reason: REASON,
      owner: staff.user.id,
      until: expect.anything(),
    })
    expect(await auditsOf(member)).toEqual([
      { action: 'start-review', reason: REASON, actor_email: staff.user.email },
    ])
  })

  it('of one’s own account is refused', async () => {
    const staff = await create(role)
    expect(refusalOf(await start(staff, staff))).toEqual([403, 'review.own', undefined])
    expect(await reviewOf(staff)).toMatchObject({ reason: null })
  })
})

it('a review is changed by a second one, with another owner', async () => {
  const [staff, owner, member] = [await create('support'), await create('finance'), await create()]
  await start(staff, member)
  await start(staff, member, { reason: 'Asked for documents', owner: owner.user.id })
  expect(await reviewOf(member)).toMatchObject({
    reason: 'Asked for documents',
    owner: owner.user.id,
  })
  expect(await auditsOf(member)).toHaveLength(2)
})

it.each([
  ['no reason', { reason: undefined }, 'audit.reason-required', 'reason'],
  ['a short reason', { reason: 'x' }, 'audit.reason-required', 'reason'],
  ['no date', { until: undefined }, 'request.malformed-value', 'until'],
  ['a date that is over', { until: daysAhead(-1) }, 'review.until', 'until'],
  ['a date too far ahead', { until: daysAhead(181) }, 'review.until', 'until'],
  ['an owner that is no id', { owner: 'x' }, 'request.malformed-value', 'owner'],
  [
    'an owner that does not exist',
    { owner: '00000000-0000-7000-8000-00000000abcd' },
    'review.owner',
    'owner',
  ],
  ['a field too many', { note: 'x' }, 'request.unknown-field', 'note'],
])('a review with %s is refused', async (_case, over, code, field) => {
  const [staff, member] = [await create('support'), await create()]
  expect(refusalOf(await start(staff, member, over))).toEqual([400, code, field])
  expect(await reviewOf(member)).toMatchObject({ reason: null })
})

it('a review is not owned by a member, nor by the member under review', async () => {
  const [staff, member, other] = [await create('support'), await create(), await create()]
  const owned = (owner: Person) => start(staff, member, { owner: owner.user.id })
  for (const owner of [member, other]) {
    expect(refusalOf(await owned(owner))).toEqual([400, 'review.owner', 'owner'])
  }
  const support = await create('support')
  const answer = await start(staff, support, { owner: support.user.id })
  expect(refusalOf(answer)).toEqual([400, 'review.owner', 'owner'])
})

describe('the end of a review', () => {
  it.each(['finance', 'admin'] as const)('is by %s, and audited', async (role) => {
    const [support, staff, member] = [await create('support'), await create(role), await create()]
    await start(support, member)
    expect((await end(staff, member)).status).toBe(200)
    expect(await reviewOf(member)).toEqual({ reason: null, owner: null, until: null })
    expect(await auditsOf(member)).toMatchObject([
      { action: 'start-review' },
      { action: 'end-review', reason: 'It was cleared', actor_email: staff.user.email },
    ])
  })

  it('is not by support, and not of one’s own account', async () => {
    const [support, finance] = [await create('support'), await create('finance')]
    await start(support, finance)
    expect(refusalOf(await end(support, finance))).toEqual([403, 'auth.forbidden', undefined])
    expect(refusalOf(await end(finance, finance))).toEqual([403, 'review.own', undefined])
    expect(await reviewOf(finance)).toMatchObject({ reason: REASON })
  })

  it('takes a reason, and a review', async () => {
    const [finance, member] = [await create('finance'), await create()]
    expect(refusalOf(await end(finance, member, {}))).toEqual([
      400,
      'audit.reason-required',
      'reason',
    ])
    expect(refusalOf(await end(finance, member))).toEqual([409, 'review.none', undefined])
  })
})

it('a review is neither started nor ended by members, machines and strangers', async () => {
  const [member, other] = [await create(), await create()]
  const machine = { token: await createMachine(product.payload, ['members:read']) }
  for (const [by, status] of [
    [{}, 401],
    [member, 403],
    [machine, 401],
  ] as const) {
    expect((await start(by, other)).status).toBe(status)
    expect((await end(by, other)).status).toBe(status)
  }
})

it('a review of an account that does not exist is not found', async () => {
  const [finance, gone] = [await create('finance'), await create()]
  await product.payload.delete({ collection: 'users', id: gone.user.id })
  expect(refusalOf(await start(finance, gone))).toEqual([404, 'request.not-found', undefined])
  expect(refusalOf(await end(finance, gone))).toEqual([404, 'request.not-found', undefined])
})

it('a review is not written by a form, and not shown to the member', async () => {
  const [admin, member] = [await create('admin'), await create()]
  const path = `/api/users/${member.user.id}`
  const write = (token: string) =>
    product.rest('PATCH', path, { authorization: token, body: { reviewReason: 'Mine' } })
  for (const { token } of [admin, member]) await write(token)
  expect(await reviewOf(member)).toMatchObject({ reason: null })
  await start(admin, member)
  const read = (token: string) => product.rest<Answer>('GET', path, { authorization: token })
  expect(JSON.stringify((await read(member.token)).body)).not.toMatch(/review/i)
  expect((await read(admin.token)).body).toMatchObject({ reviewReason: REASON })
})
