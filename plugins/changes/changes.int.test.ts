import type { ChangeRequest, User } from '../../src/payload-types.ts'
import { addDays } from '../../src/domain/dates.ts'
import { setTimeSource } from '../../src/platform/clock.ts'
import { applyChanges } from '../../jobs/system/applyChanges.ts'
import { createMachine, createUser, PASSWORD, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Pending = { id: string; takesEffectAt: string | null; message: string }
type Doc = Record<string, unknown> & { id: string; pendingChange?: Pending }

let product: Product
const people = {} as Record<'finance' | 'first' | 'second', User>
const tokens = {} as Record<'finance' | 'first' | 'second', string>
beforeAll(async () => {
  product = await startProduct()
  const roles = { first: 'admin', second: 'admin', finance: 'finance' } as const
  for (const name of ['first', 'second', 'finance'] as const) {
    people[name] = await createUser(product.payload, { role: roles[name], name })
    tokens[name] = await signIn(product.payload, people[name])
  }
})
afterAll(() => product.close())
afterEach(() => {
  setTimeSource(null)
})

type Name = keyof typeof tokens
const call = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  body: object = {},
  as: Name = 'first',
) =>
  product.rest<Body>(method, path, {
    authorization: tokens[as],
    ...(method === 'GET' ? {} : { body }),
  })
const save = async (path: string, body: object, as: Name = 'first'): Promise<Doc> => {
  const isGlobal = path.startsWith('globals/')
  const answer = await call<{ doc: Doc; result: Doc }>(
    isGlobal ? 'POST' : 'PATCH',
    `/api/${path}`,
    body,
    as,
  )
  expect([answer.status, answer.body]).toMatchObject([200, {}])
  return isGlobal ? answer.body.result : answer.body.doc
}
const decide = (id: string | undefined, verb: string, as: Name = 'second', body: object = {}) =>
  call('POST', `/api/change-requests/${id ?? ''}/${verb}`, body, as)
const codeOf = ({ body }: { body: Record<string, unknown> }) =>
  (body.errors as { code: string }[] | undefined)?.[0]?.code
const readState = async (id: string | undefined) => {
  const [row] = await product.sql<Pick<ChangeRequest, 'status'> & { by: string | null }>(
    `select status::text, decided_by_id::text as by from change_requests where id = '${id ?? ''}'`,
  )
  return row
}
const readUser = (id: string) => product.payload.findByID({ collection: 'users', id, depth: 0 })
const readFinance = () => product.payload.findGlobal({ slug: 'finance-config', depth: 0 })
const limit = (aboveMinor: number) => ({ secondPerson: [{ currency: 'INR', aboveMinor }] })
const runJob = () =>
  applyChanges.run({
    payload: product.payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })
const withoutSecondAdmin = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const set = (role: string) =>
    product.sql(`update users set role = '${role}' where id = '${people.second.id}'`)
  await set('support')
  try {
    return await work()
  } finally {
    await set('admin')
  }
}

describe('a raised limit', () => {
  it('waits, is shown in the answer, and takes effect when a second admin approves it', async () => {
    const { pendingChange, secondPerson } = await save('globals/finance-config', limit(9_000_000))
    expect(secondPerson).toMatchObject([{ currency: 'INR', aboveMinor: 500_000 }])
    expect(pendingChange).toMatchObject({ takesEffectAt: null })
    expect((await readFinance()).secondPerson).toMatchObject([{ aboveMinor: 500_000 }])

    expect(codeOf(await decide(pendingChange?.id, 'approve', 'first'))).toBe(
      'approval.not-independent',
    )
    expect((await decide(pendingChange?.id, 'approve', 'finance')).status).toBe(403)
    expect((await decide(pendingChange?.id, 'approve')).status).toBe(200)
    expect((await readFinance()).secondPerson).toMatchObject([{ aboveMinor: 9_000_000 }])
    expect(await readState(pendingChange?.id)).toEqual({ status: 'applied', by: people.second.id })
    expect(codeOf(await decide(pendingChange?.id, 'approve'))).toBe('change.decided')
  })

  it('is lowered again at once by one admin', async () => {
    const { pendingChange, secondPerson } = await save('globals/finance-config', limit(500_000))
    expect(pendingChange ?? null).toBeNull()
    expect(secondPerson).toMatchObject([{ aboveMinor: 500_000 }])
  })

  it('notifies all staff, and is audited when it is requested and when it is applied', async () => {
    const { pendingChange } = await save('globals/finance-config', limit(600_000))
    const id = pendingChange?.id ?? ''
    const sent = await product.sql<{ user_id: string }>(
      `select user_id::text from notifications where dedupe_key like 'change-requested:${id}:%'`,
    )
    expect(sent.map(({ user_id }) => user_id).sort()).toEqual(
      Object.values(people)
        .map((person) => person.id)
        .sort(),
    )
    await decide(id, 'approve')
    await save('globals/finance-config', limit(500_000))
    const actions = await product.sql<{ action: string; actor_id: string }>(
      `select action, actor_id::text from audit_logs where subject = 'finance-config'
        and action like 'change-%' order by at desc, id desc limit 2`,
    )
    expect(actions).toEqual([
      { action: 'change-applied', actor_id: people.second.id },
      { action: 'change-requested', actor_id: people.first.id },
    ])
  })

  it('is superseded when the limit has changed since, and the approval is refused', async () => {
    const { pendingChange } = await save('globals/finance-config', limit(700_000))
    await save('globals/finance-config', limit(400_000))
    const answer = await decide(pendingChange?.id, 'approve')
    expect([answer.status, codeOf(answer)]).toEqual([409, 'change.superseded'])
    expect(await readState(pendingChange?.id)).toMatchObject({ status: 'superseded' })
    expect((await readFinance()).secondPerson).toMatchObject([{ aboveMinor: 400_000 }])
  })

  it('replaces an earlier request for the same limit', async () => {
    const earlier = await save('globals/finance-config', limit(700_000))
    const later = await save('globals/finance-config', limit(800_000))
    expect(await readState(earlier.pendingChange?.id)).toMatchObject({ status: 'superseded' })
    expect((await decide(later.pendingChange?.id, 'reject')).status).toBe(200)
    expect((await readFinance()).secondPerson).toMatchObject([{ aboveMinor: 400_000 }])
  })

  it('is cancelled by its requester alone', async () => {
    const { pendingChange } = await save('globals/finance-config', limit(700_000))
    expect(codeOf(await decide(pendingChange?.id, 'cancel'))).toBe('change.not-own')
    expect((await decide(pendingChange?.id, 'cancel', 'first')).status).toBe(200)
    expect(codeOf(await decide(pendingChange?.id, 'approve'))).toBe('change.decided')
  })

  it('that is not valid is refused when it is requested', async () => {
    const answer = await call('POST', '/api/globals/affiliation-config', { rateBps: 20_000 })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'request.invalid'])
    const rows = await product.sql(
      `select 1 from change_requests where subject = 'affiliation-config'`,
    )
    expect(rows).toEqual([])
  })

  it('is not brought back by restoring an earlier version', async () => {
    await save('globals/affiliation-config', { rateBps: 900 })
    const { body } = await call<{ docs: { id: string }[] }>(
      'GET',
      '/api/globals/affiliation-config/versions?limit=1',
    )
    await save('globals/affiliation-config', { rateBps: 800 })
    const answer = await call(
      'POST',
      `/api/globals/affiliation-config/versions/${body.docs[0]?.id ?? ''}`,
    )
    expect([answer.status, codeOf(answer)]).toEqual([409, 'change.restore-waits'])
  })

  it('waits over GraphQL too', async () => {
    const { body } = await product.graphql(
      'mutation { updateCashbackConfig(data: {rateBps: 9000, guestClicks: false, rateBasis: commission, autoApprove: when_network_allows, autoApproveDays: 30}) { rateBps guestClicks pendingChange } }',
      tokens.first,
    )
    expect(body.errors ?? []).toEqual([])
    expect(body.data?.updateCashbackConfig).toMatchObject({
      rateBps: 7_000,
      guestClicks: false,
      pendingChange: { takesEffectAt: null },
    })
  })

  it('by the product itself takes effect at once', async () => {
    await product.payload.updateGlobal({ slug: 'finance-config', data: limit(450_000) })
    expect((await readFinance()).secondPerson).toMatchObject([{ aboveMinor: 450_000 }])
  })
})

describe('a change of the only admin', () => {
  it('takes effect after the cool-down and not before', async () => {
    const { pendingChange } = await withoutSecondAdmin(() =>
      save('globals/cashback-config', { rateBps: 9_500 }),
    )
    const at = Date.parse(pendingChange?.takesEffectAt ?? '')
    expect(at - Date.now()).toBeGreaterThan(71 * 3_600_000)
    await runJob()
    expect(await readState(pendingChange?.id)).toMatchObject({ status: 'requested' })

    const now = new Date(at)
    const signal = new AbortController().signal
    const apply = () => applyChanges.run({ payload: product.payload, now, data: null, signal })
    // With a second admin by then it waits for that admin.
    expect(await apply()).toEqual({ applied: 0, superseded: 0 })
    expect(await readState(pendingChange?.id)).toMatchObject({ status: 'requested' })
    expect(await withoutSecondAdmin(apply)).toEqual({ applied: 1, superseded: 0 })
    expect(await product.payload.findGlobal({ slug: 'cashback-config' })).toMatchObject({
      rateBps: 9_500,
    })
    expect(await readState(pendingChange?.id)).toEqual({ status: 'applied', by: null })
  })

  it('is superseded when the requester is no longer an admin', async () => {
    const { pendingChange } = await withoutSecondAdmin(() =>
      save('globals/cashback-config', { rateBps: 9_800 }),
    )
    const set = (role: string) =>
      product.sql(`update users set role = '${role}' where id = '${people.first.id}'`)
    await set('support')
    const now = new Date(pendingChange?.takesEffectAt ?? '')
    const signal = new AbortController().signal
    const report = await applyChanges.run({ payload: product.payload, now, data: null, signal })
    await set('admin')
    expect(report).toEqual({ applied: 0, superseded: 1 })
  })

  it('notifies a person who lost a role within the cool-down', async () => {
    const former = await createUser(product.payload, { role: 'admin' })
    await save(`users/${former.id}`, { role: 'member' })
    expect((await readUser(former.id)).role).toBe('member')
    const { pendingChange } = await save('globals/cashback-config', { rateBps: 9_900 })
    const sent = await product.sql(`select 1 from notifications
      where dedupe_key = 'change-requested:${pendingChange?.id ?? ''}:${former.id}:email'`)
    expect(sent).toHaveLength(1)
    await decide(pendingChange?.id, 'reject')
  })
})

describe('an account of staff', () => {
  it('is created as a member, and gets its role when a second admin approves it', async () => {
    const { body } = await call<{ doc: Doc }>('POST', '/api/users', {
      email: 'new@staff.test',
      password: PASSWORD,
      role: 'admin',
    })
    const { id, pendingChange, role } = body.doc
    expect(role).toBe('member')
    expect((await decide(pendingChange?.id, 'approve')).status).toBe(200)
    expect((await readUser(id)).role).toBe('admin')
    const facts = await product.sql(
      `select change::text, changed_by as by from account_changes where account = '${id}' order by at, id`,
    )
    expect(facts).toEqual([
      { change: 'created', by: people.first.id },
      { change: 'role', by: people.first.id },
    ])
    await save(`users/${id}`, { role: 'member' })
  })

  it('gets no role while the requester may know its password, and gets it after the cool-down', async () => {
    const member = await createUser(product.payload)
    const { pendingChange } = await save(`users/${member.id}`, { role: 'finance' })
    await save(`users/${member.id}`, { password: 'known-to-the-requester-1' })
    const answer = await decide(pendingChange?.id, 'approve')
    expect([answer.status, codeOf(answer)]).toEqual([409, 'change.account-taken-over'])
    expect((await readUser(member.id)).role).toBe('member')
    expect(await readState(pendingChange?.id)).toMatchObject({ status: 'requested' })

    setTimeSource(() => addDays(new Date(), 8).getTime())
    expect((await decide(pendingChange?.id, 'approve')).status).toBe(200)
    expect((await readUser(member.id)).role).toBe('finance')
  })

  it('does not approve its own role', async () => {
    const admin = await createUser(product.payload, { role: 'admin' })
    const token = await signIn(product.payload, admin)
    await product.sql(`update users set role = 'support' where id = '${admin.id}'`)
    const { pendingChange } = await save(`users/${admin.id}`, { role: 'admin' })
    await product.sql(`update users set role = 'admin' where id = '${admin.id}'`)
    const path = `/api/change-requests/${pendingChange?.id ?? ''}/approve`
    const answer = await product.rest('POST', path, { authorization: token, body: {} })
    expect(codeOf(answer)).toBe('approval.not-independent')
  })

  it('keeps its password until a second admin approves the new one, which is not readable', async () => {
    const colleague = await createUser(product.payload, { role: 'finance' })
    const fresh = 'another-password-1'
    const login = (password: string) =>
      product.rest('POST', '/api/users/login', { body: { email: colleague.email, password } })
    const { name, pendingChange } = await save(`users/${colleague.id}`, {
      password: fresh,
      name: 'Renamed',
    })
    expect(name).toBe('Renamed')
    expect([(await login(fresh)).status, (await login(PASSWORD)).status]).toEqual([401, 200])
    const stored = await product.sql(
      `select changes, secret, (select jsonb_agg(n.data) from notifications n) as sent,
        (select jsonb_agg(a.after) from audit_logs a) as audited
      from change_requests where id = '${pendingChange?.id ?? ''}'`,
    )
    expect(JSON.stringify(stored)).not.toContain(fresh)

    expect((await decide(pendingChange?.id, 'approve')).status).toBe(200)
    expect([(await login(fresh)).status, (await login(PASSWORD)).status]).toEqual([200, 401])
    expect(
      await product.sql(
        `select secret from change_requests where id = '${pendingChange?.id ?? ''}'`,
      ),
    ).toEqual([{ secret: null }])
    expect(
      await product.sql(`select change::text, changed_by as by from account_changes
        where account = '${colleague.id}'`),
    ).toEqual([{ change: 'password', by: people.first.id }])
  })

  it('that was demoted keeps its e-mail address and password until a second admin approves', async () => {
    const colleague = await createUser(product.payload, { role: 'admin' })
    await save(`users/${colleague.id}`, { role: 'member' })
    const { email, pendingChange } = await save(`users/${colleague.id}`, {
      email: 'taken-over@staff.test',
      password: 'another-password-1',
    })
    expect([email, pendingChange]).toEqual([colleague.email, expect.anything()])
    const body = { email: colleague.email, password: PASSWORD }
    expect((await product.rest('POST', '/api/users/login', { body })).status).toBe(200)
    await decide(pendingChange?.id, 'reject')
  })

  it('keeps its e-mail address until a second admin approves the new one', async () => {
    const colleague = await createUser(product.payload, { role: 'support' })
    const { email, pendingChange } = await save(`users/${colleague.id}`, { email: 'mine@now.test' })
    expect(email).toBe(colleague.email)
    await decide(pendingChange?.id, 'approve')
    expect((await readUser(colleague.id)).email).toBe('mine@now.test')
  })

  it('cannot get a password together with others', async () => {
    const answer = await call('PATCH', '/api/users?where[role][equals]=finance', {
      password: 'another-password-1',
    })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'auth.forbidden'])
  })

  it('of a member has no part in it: an admin changes a member at once', async () => {
    const member = await createUser(product.payload)
    const { email, pendingChange } = await save(`users/${member.id}`, { email: 'new@member.test' })
    expect([email, pendingChange ?? null]).toEqual(['new@member.test', null])
  })
})

describe('trust and scopes', () => {
  it('a new network is trusted only when a second admin approves it', async () => {
    const { body } = await call<{ doc: Doc }>('POST', '/api/networks', {
      name: 'Trusted',
      adapter: 'vcommission',
      isTrusted: true,
      trustedCapMinor: 500,
    })
    expect(body).not.toHaveProperty('errors')
    const { doc } = body
    expect(doc).toMatchObject({ name: 'Trusted', isTrusted: false, trustedCapMinor: null })
    await decide(doc.pendingChange?.id, 'approve')
    const network = await product.payload.findByID({ collection: 'networks', id: doc.id })
    expect(network).toMatchObject({ isTrusted: true, trustedCapMinor: 500 })
    const off = await save(`networks/${doc.id}`, { isTrusted: false })
    expect([off.isTrusted, off.pendingChange ?? null]).toEqual([false, null])
  })

  it('a new machine has no scope until a second admin approves it', async () => {
    const apiKey = 'k'.repeat(48)
    const { body } = await call<{ doc: Doc }>('POST', '/api/service-accounts', {
      name: 'robot',
      scopes: ['members:read'],
      enableAPIKey: true,
      apiKey,
    })
    const read = () =>
      product.rest<{ docs: unknown[] }>('GET', '/api/users?limit=1', {
        authorization: `service-accounts API-Key ${apiKey}`,
      })
    expect((await read()).status).toBe(403)
    expect((await decide(body.doc.pendingChange?.id, 'approve')).status).toBe(200)
    expect((await read()).status).toBe(200)
  })
})

it.each(['approve', 'reject', 'cancel'])(
  'a change is not decided by strangers, members, finance or machines: %s',
  async (verb) => {
    const { pendingChange } = await save('globals/finance-config', limit(5_000_000))
    const path = `/api/change-requests/${pendingChange?.id ?? ''}/${verb}`
    const member = await signIn(product.payload, await createUser(product.payload))
    const machine = await createMachine(product.payload, ['members:read'])
    const statuses = []
    for (const authorization of [undefined, member, tokens.finance, machine]) {
      statuses.push((await product.rest('POST', path, { authorization, body: {} })).status)
    }
    expect(statuses).toEqual([401, 403, 403, 401])
    expect(await readState(pendingChange?.id)).toMatchObject({ status: 'requested' })
  },
)

it('the field of the answer cannot be searched by', async () => {
  const { status } = await call('GET', '/api/users?where[pendingChange][exists]=true')
  expect(status).toBe(400)
})

it('of many approvals at once one applies the change', async () => {
  const { pendingChange } = await save('globals/finance-config', limit(6_000_000))
  const answers = await Promise.all([1, 2, 3].map(() => decide(pendingChange?.id, 'approve')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})
