import { decrypt } from '../../../src/platform/encryption.ts'
import { findOutbox } from '../../../src/messaging/outbox/findOutbox.ts'
import type { User } from '../../../src/payload-types.ts'
import { createUser, PASSWORD, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
let member: User
let authorization: string
beforeAll(async () => {
  product = await startProduct()
})
beforeEach(async () => {
  await product.sql('delete from otp_challenges')
  await product.sql('delete from notifications')
  ;({ member, authorization } = await createMember())
})
afterAll(() => product.close())

const createMember = async (over: Partial<User> = {}) => {
  const user = await createUser(product.payload, over)
  return { member: user, authorization: await signIn(product.payload, user) }
}

let lastNumber = 9845066600
const nextNumber = (): string => `+91${(lastNumber += 1)}`

type Answer = { errors?: { code: string; field?: string; message: string }[] }
const requestCode = (body: object = {}, as = authorization) =>
  product.rest<Answer>('POST', '/api/phone/otp', { authorization: as, body })
const enter = (code: unknown, as = authorization) =>
  product.rest<Answer>('POST', '/api/phone/verify', { authorization: as, body: { code } })
const codeOfAnswer = ({ body, status }: { status: number; body: Answer }) =>
  body.errors?.[0]?.code ?? status

/** The last code, which only the outbox can decrypt. */
const sentCode = async (): Promise<string> => {
  const [row] = await product.sql<{ key: string; secret: string }>(
    `select dedupe_key as key, secret from notifications where template = 'otp' order by id desc limit 1`,
  )
  const { encryptionKey } = findOutbox(product.payload)
  const data = decrypt(encryptionKey, row?.secret ?? '', row?.key ?? '')
  return (JSON.parse(data) as { code: string }).code
}
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const personOf = async ({ id }: User) =>
  (
    await product.sql<{ phone: string | null; at: string | null }>(
      `select phone, phone_verified_at as at from users where id = '${id}'`,
    )
  )[0]

describe('a number', () => {
  it('is confirmed by the code that was sent to it', async () => {
    const phone = nextNumber()
    const response = await requestCode({ phone: phone.replace('+91', '0') })
    expect(response).toMatchObject({ status: 200, body: { sentTo: `•••• ${phone.slice(-4)}` } })
    expect(
      await product.sql(
        `select channel::text, "to", lane::text, user_id from notifications where template = 'otp'`,
      ),
    ).toEqual([{ channel: 'sms', to: phone, lane: 'otp', user_id: member.id }])
    expect(await personOf(member)).toEqual({ phone: null, at: null })

    expect(await enter(await sentCode())).toMatchObject({ status: 200, body: { phone } })
    expect(await personOf(member)).toEqual({ phone, at: expect.anything() })
  })

  it('of the account is confirmed without sending it', async () => {
    const phone = nextNumber()
    const { authorization: as, member: owner } = await createMember({ phone })
    await requestCode({}, as)
    expect((await enter(await sentCode(), as)).status).toBe(200)
    expect(await personOf(owner)).toEqual({ phone, at: expect.anything() })
  })

  it.each([[{}], [{ phone: '12' }], [{ phone: 9845066620 }], [{ phone: '9'.repeat(500) }]])(
    'that is invalid is refused: %j',
    async (body) => {
      const answer = await requestCode(body)
      expect([answer.status, codeOfAnswer(answer)]).toEqual([400, 'otp.no-phone'])
    },
  )

  it('of another account gets a code and the same response, and moves to the member who enters it', async () => {
    const [taken, free] = [nextNumber(), nextNumber()]
    const { member: owner } = await createMember({ phone: taken })
    await product.sql(`update users set phone_verified_at = now() where id = '${owner.id}'`)
    const shapeOf = (body: object) => Object.keys(body).sort()
    const one = await requestCode({ phone: free })
    const other = await requestCode({ phone: taken })
    expect([other.status, shapeOf(other.body)]).toEqual([one.status, shapeOf(one.body)])

    expect(await enter(await sentCode())).toMatchObject({ status: 200, body: { phone: taken } })
    expect(await personOf(member)).toEqual({ phone: taken, at: expect.anything() })
    expect(await personOf(owner)).toEqual({ phone: taken, at: null })
    expect(
      await product.sql(`select reason from audit_logs where subject_id = '${owner.id}'`),
    ).toContainEqual({ reason: 'Another account confirmed this number.' })
  })

  it('that two accounts confirm at once is confirmed for one of them', async () => {
    const phone = nextNumber()
    const other = await createMember()
    await requestCode({ phone })
    const first = await sentCode()
    await requestCode({ phone }, other.authorization)
    const second = await sentCode()
    await Promise.all([enter(first), enter(second, other.authorization)])
    expect(
      await product.sql(
        `select count(*)::int from users where phone = '${phone}' and phone_verified_at is not null`,
      ),
    ).toEqual([{ count: 1 }])
  })

  it('that is changed is unconfirmed, and no request can set the confirmation', async () => {
    const phone = nextNumber()
    await requestCode({ phone })
    await enter(await sentCode())
    const { at } = (await personOf(member)) ?? {}
    const change = (body: object) =>
      product.rest('PATCH', `/api/users/${member.id}`, { authorization, body })
    await change({ name: 'Asha', phoneVerifiedAt: '2020-01-01T00:00:00.000Z', phone })
    expect(await personOf(member)).toEqual({ phone, at })
    const next = nextNumber()
    await change({
      phone: next,
      currentPassword: PASSWORD,
      phoneVerifiedAt: '2020-01-01T00:00:00.000Z',
    })
    expect(await personOf(member)).toEqual({ phone: next, at: null })
  })
})

describe('a confirmed number', () => {
  const confirm = async () => {
    const phone = nextNumber()
    await requestCode({ phone })
    await enter(await sentCode())
    return phone
  }
  const refused = (code: string) => ({
    status: 403,
    body: { errors: [{ code, field: 'currentPassword' }] },
  })

  it.each([
    ['without the current password', {}, 'user.current-password-required'],
    ['with a wrong one', { currentPassword: 'a-wrong-password' }, 'user.wrong-password'],
  ])('is not replaced %s, over every way', async (_name, given, code) => {
    const phone = await confirm()
    const body = { phone: nextNumber(), ...given }
    expect(await requestCode(body)).toMatchObject(refused(code))
    expect(
      await product.rest('PATCH', `/api/users/${member.id}`, { authorization, body }),
    ).toMatchObject(refused(code))
    const fields = Object.entries(body).map(([name, value]) => `${name}: "${value}"`)
    const { body: answer } = await product.graphql(
      `mutation { updateUser(id: "${member.id}", data: { ${fields.join(', ')} }) { id } }`,
      authorization,
    )
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code })
    expect(await product.sql(`select 1 from otp_challenges where used_at is null`)).toEqual([])
    expect(await personOf(member)).toEqual({ phone, at: expect.anything() })
  })

  it('is not removed without the current password', async () => {
    const phone = await confirm()
    const body = { phone: null }
    expect(
      await product.rest('PATCH', `/api/users/${member.id}`, { authorization, body }),
    ).toMatchObject(refused('user.current-password-required'))
    expect(await personOf(member)).toEqual({ phone, at: expect.anything() })
  })

  it('is replaced with the current password and the code of the new number', async () => {
    await confirm()
    const next = nextNumber()
    const response = await requestCode({ phone: next, currentPassword: PASSWORD })
    expect(response.status).toBe(200)
    expect(await enter(await sentCode())).toMatchObject({ status: 200, body: { phone: next } })
  })

  it('is confirmed again without the password', async () => {
    const phone = await confirm()
    expect((await requestCode({ phone })).status).toBe(200)
  })
})

describe('a code', () => {
  it('is compared five times, however many guesses are concurrent', async () => {
    await requestCode({ phone: nextNumber() })
    const code = await sentCode()
    const guesses = Array.from({ length: 50 }, () => enter(wrong(code)))
    const answers = (await Promise.all(guesses)).map(codeOfAnswer)
    expect(answers.filter((answer) => answer === 'otp.wrong-code')).toHaveLength(5)
    expect(answers.filter((answer) => answer === 'otp.expired')).toHaveLength(45)
    expect(codeOfAnswer(await enter(code))).toBe('otp.expired')
    expect(await personOf(member)).toEqual({ phone: null, at: null })
  })

  it('reports the tries left, and the last try can succeed', async () => {
    await requestCode({ phone: nextNumber() })
    const code = await sentCode()
    const messages: unknown[] = []
    for (let guess = 0; guess < 4; guess += 1) {
      messages.push((await enter(wrong(code))).body.errors?.[0]?.message)
    }
    expect(messages[0]).toContain('4 tries')
    expect(messages[3]).toContain('1 try')
    expect((await enter(code)).status).toBe(200)
  })

  it('works once, also when it is entered concurrently', async () => {
    await requestCode({ phone: nextNumber() })
    const code = await sentCode()
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(codeOfAnswer(await enter(code))).toBe('otp.expired')
  })

  it('expires after ten minutes', async () => {
    await requestCode({ phone: nextNumber() })
    const [row] = await product.sql<{ minutes: number }>(
      `select extract(epoch from expires_at - created_at)::float8 / 60 as minutes from otp_challenges`,
    )
    expect(row?.minutes).toBe(10)
    await product.sql(`update otp_challenges set expires_at = now() - interval '1 ms'`)
    expect(codeOfAnswer(await enter(await sentCode()))).toBe('otp.expired')
  })

  it('is replaced by the next, also when several are requested concurrently', async () => {
    await requestCode({ phone: nextNumber() })
    const first = await sentCode()
    await Promise.all(Array.from({ length: 4 }, () => requestCode({ phone: nextNumber() })))
    expect(await product.sql('select count(*)::int from otp_challenges')).toEqual([{ count: 1 }])
    expect(codeOfAnswer(await enter(first))).toBe('otp.wrong-code')
  })

  it('belongs to one member: another member cannot use it', async () => {
    const other = await createMember()
    await requestCode({ phone: nextNumber() }, other.authorization)
    expect(codeOfAnswer(await enter(await sentCode()))).toBe('otp.expired')
  })

  it.each([['12345'], ['abcdef'], [null], [123456]])(
    'that is malformed costs no try: %j',
    async (typed) => {
      await requestCode({ phone: nextNumber() })
      expect(codeOfAnswer(await enter(typed))).toBe('otp.malformed-code')
      expect(await product.sql('select tries_left::int as tries from otp_challenges')).toEqual([
        { tries: 5 },
      ])
    },
  )
})

it('anonymous requests get 401', async () => {
  for (const path of ['/api/phone/otp', '/api/phone/verify']) {
    expect((await product.rest('POST', path, { body: {} })).status).toBe(401)
  }
})

it('a member with a challenge and a preference can be deleted', async () => {
  await requestCode({ phone: nextNumber() })
  await product.sql(`insert into notification_preferences (id, user_id, category, channel, is_on)
    values (time_ordered_uuid(), '${member.id}', 'orders', 'email', false)`)
  await product.payload.delete({ collection: 'users', id: member.id })
  expect(await personOf(member)).toBeUndefined()
})
