import { setTimeSource } from '../../../../src/platform/clock.ts'
import { decrypt } from '../../../../src/platform/encryption.ts'
import { findOutbox } from '../../../../src/messaging/outbox/findOutbox.ts'
import type { User } from '../../../../src/payload-types.ts'
import { findShared } from '../../../../src/payouts/methods/findShared.ts'
import { openMethod } from '../../../../src/payouts/methods/openMethod.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { createUser, PASSWORD, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

const HOUR_MS = 3_600_000
const START = new Date('2026-11-24T12:00:00.000Z')
let product: Product
let at = START
beforeAll(async () => {
  product = await startProduct()
})
beforeEach(() => {
  at = START
  setTimeSource(() => at.getTime())
})
afterAll(async () => {
  setTimeSource(null)
  await product.close()
})

const addHours = (hours: number): Date => new Date(at.getTime() + hours * HOUR_MS)
const waitHours = (hours: number): void => {
  at = addHours(hours)
}

type Answer = {
  id: string
  status: string
  display: string
  sentTo: string
  usableFrom: string
  docs: Record<string, unknown>[]
  errors?: { code: string; field?: string; message: string }[]
}
type Person = { user: User; token: string }
let lastNumber = 9845077600
const nextNumber = (): string => `+91${(lastNumber += 1)}`

const create = async (over: Partial<User> = {}): Promise<Person> => {
  const user = await createUser(product.payload, { name: 'Asha Rao', ...over })
  return { user, token: await signIn(product.payload, user) }
}
/** A member since long ago, with a phone that was confirmed long ago. */
const createOld = async (over: Partial<User> = {}): Promise<Person> => {
  const now = at
  at = new Date('2026-01-01T00:00:00.000Z')
  const phone = nextNumber()
  const person = await create({ phone, phoneVerifiedAt: at.toISOString(), ...over })
  // Payload itself writes `created_at`, by the system's clock.
  await product.sql(
    `update users set created_at = '${at.toISOString()}' where id = '${person.user.id}'`,
  )
  at = now
  return { ...person, token: await signIn(product.payload, person.user) }
}
const post = (path: string, { token }: { token?: string }, body: object = {}) =>
  product.rest<Answer>('POST', `/api/payout-methods${path}`, { authorization: token, body })
const upi = (vpa = 'asha.rao@okhdfc') => ({ kind: 'upi', vpa, holderName: 'Asha Rao' })
const add = async (person: Person, body: object = upi()): Promise<string> => {
  const { body: answer, status } = await post('', person, body)
  expect([status, answer.errors]).toEqual([201, undefined])
  return answer.id
}
const refusalOf = ({ body, status }: { status: number; body: Answer }) => {
  const [error] = body.errors ?? []
  return [status, error?.code, error?.field]
}

/** The data of the latest message with a code to an address, which only the outbox can decrypt. */
const messageTo = async (address: string) => {
  const [row] = await product.sql<{ key: string; secret: string; template: string }>(
    `select dedupe_key as key, secret, template from notifications
     where "to" = '${address}' and secret is not null order by created_at desc, id desc limit 1`,
  )
  if (!row) throw new Error('No code was sent.')
  const { encryptionKey } = findOutbox(product.payload)
  const data = JSON.parse(decrypt(encryptionKey, row.secret, row.key)) as {
    code: string
    method?: string
  }
  return { template: row.template, ...data }
}
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const addressOf = ({ user }: Person): string => user.phone ?? user.email
const confirm = async (person: Person, id: string, address = addressOf(person)) => {
  expect((await post(`/${id}/send-code`, person)).status).toBe(200)
  const { code } = await messageTo(address)
  return post(`/${id}/confirm`, person, { code })
}
type Row = {
  status: string
  verified_by: string | null
  verified_at: string | null
  usable_from: string | null
  name_match: string
  bank_code: string | null
  display: string
}
const rowOf = async (id: string): Promise<Row> => {
  const [row] = await product.sql<Row>(
    `select *, status::text, name_match::text from payout_methods where id = '${id}'`,
  )
  if (!row) throw new Error('No such method.')
  return row
}
const changesTo = ({ user }: Person) =>
  product.sql<{ channel: string; to: string; data: { kind: string; method: string } }>(
    `select channel::text, "to", data from notifications
     where user_id = '${user.id}' and template = 'payout-method-changed'
     order by created_at, dedupe_key`,
  )
const audits = (id: string) =>
  product.sql<{ action: string; actor_email: string }>(
    `select action, actor_email from audit_logs where subject_id = '${id}' order by id`,
  )

describe('adding a method', () => {
  it.each([
    ['upi', upi(' Asha.Rao@OKHDFC '), 'as•••@okhdfc', null],
    [
      'bank-in',
      {
        kind: 'bank-in',
        accountNumber: '5010 0012 3412',
        ifsc: 'hdfc0001234',
        holderName: 'Asha Rao',
      },
      '•••• 3412',
      'HDFC0001234',
    ],
    [
      'iban',
      {
        kind: 'iban',
        iban: 'de89 3704 0044 0532 0130 00',
        bic: 'deutdeff',
        holderName: 'Asha Rao',
      },
      'DE•• … 3000',
      'DEUTDEFF',
    ],
    [
      'paypal',
      { kind: 'paypal', email: 'Asha@Example.in', holderName: 'Asha Rao' },
      'as•••@example.in',
      null,
    ],
    [
      'gift-card',
      { kind: 'gift-card', product: 'OKMHM2X2OHYV', email: 'asha@example.in' },
      'as•••@example.in',
      null,
    ],
  ])('of the kind %s stores it masked and unverified', async (kind, body, display, bankCode) => {
    const person = await createOld()
    const { body: answer, status } = await post('', person, body)
    expect([status, answer]).toEqual([
      201,
      { id: expect.any(String), kind, display, status: 'unverified' },
    ])
    expect(await rowOf(answer.id)).toMatchObject({
      status: 'unverified',
      name_match: 'match',
      bank_code: bankCode,
      usable_from: null,
    })
    expect(await openMethod(product, answer.id)).toMatchObject({ kind, holderName: 'Asha Rao' })
  })

  it('is audited, and notified by e-mail and SMS with the masked form', async () => {
    const person = await createOld()
    const id = await add(person)
    expect(await audits(id)).toEqual([{ action: 'add', actor_email: person.user.email }])
    expect(await changesTo(person)).toMatchObject([
      {
        channel: 'email',
        to: person.user.email,
        data: { kind: 'added', method: 'as•••@okhdfc' },
      },
      { channel: 'sms', to: person.user.phone, data: { kind: 'added' } },
    ])
  })

  it('with the name of another person is marked for staff, and not for the member', async () => {
    const person = await createOld()
    const id = await add(person, { ...upi(), holderName: 'Ravi Menon' })
    expect((await rowOf(id)).name_match).toBe('mismatch')
    const path = `/api/payout-methods/${id}`
    const own = await product.rest<Answer>('GET', path, { authorization: person.token })
    expect([own.status, own.body]).toEqual([200, expect.not.objectContaining({ nameMatch: 1 })])
    expect(own.body).not.toHaveProperty('nameMatch')
    const staff = await create({ role: 'support' })
    const seen = await product.rest('GET', path, { authorization: staff.token })
    expect(seen.body).toMatchObject({ nameMatch: 'mismatch' })
  })

  const bank = {
    kind: 'bank-in',
    accountNumber: '50100012345678',
    ifsc: 'HDFC0001234',
    holderName: 'Asha Rao',
  }
  const iban = { kind: 'iban', iban: 'DE89370400440532013000', holderName: 'Asha Rao' }
  const card = { kind: 'gift-card', product: 'OKMHM2X2OHYV', email: 'asha@example.in' }
  it.each([
    ['an unknown kind', { ...upi(), kind: 'cheque' }, 'request.malformed-value', 'kind'],
    ['a field that does not exist', { ...upi(), nope: 1 }, 'request.unknown-field', 'nope'],
    ['a field of another kind', { ...upi(), ifsc: 'X' }, 'request.unknown-field', 'ifsc'],
    ['no UPI ID', { ...upi(), vpa: undefined }, 'payout-method.malformed-vpa', 'vpa'],
    ['an e-mail address as UPI ID', upi('asha@x.in'), 'payout-method.malformed-vpa', 'vpa'],
    ['a number that is no text', { ...upi(), vpa: 5 }, 'request.malformed-value', 'vpa'],
    [
      'a short account number',
      { ...bank, accountNumber: '12' },
      'payout-method.malformed-account-number',
      'accountNumber',
    ],
    ['a wrong IFSC', { ...bank, ifsc: 'HDFC1001234' }, 'payout-method.malformed-ifsc', 'ifsc'],
    [
      'an IBAN with wrong check digits',
      { ...iban, iban: 'DE88370400440532013000' },
      'payout-method.malformed-iban',
      'iban',
    ],
    ['a wrong BIC', { ...iban, bic: 'DEUT' }, 'payout-method.malformed-bic', 'bic'],
    [
      'no e-mail address',
      { kind: 'paypal', email: 'asha', holderName: 'Asha Rao' },
      'payout-method.malformed-email',
      'email',
    ],
    [
      'a malformed product',
      { ...card, product: 'a b' },
      'payout-method.malformed-product',
      'product',
    ],
    ['no name', { ...upi(), holderName: ' ' }, 'payout-method.malformed-holder-name', 'holderName'],
    [
      'a name with markup',
      { ...upi(), holderName: '<b>Asha</b>' },
      'payout-method.malformed-holder-name',
      'holderName',
    ],
  ])('with %s is refused', async (_case, body, code, field) => {
    const person = await create()
    expect(refusalOf(await post('', person, body))).toEqual([400, code, field])
    expect(
      await product.sql(`select 1 from payout_methods where member_id = '${person.user.id}'`),
    ).toEqual([])
  })

  it('of an account that the member has is refused in every spelling, also concurrently', async () => {
    const person = await create()
    const spellings = ['50100012345678', '5010 0012 3456 78', '0050100012345678'] as const
    const answers = await Promise.all(
      spellings.map((accountNumber) => post('', person, { ...bank, accountNumber })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(answers.filter(({ status }) => status === 409).map(refusalOf)).toEqual([
      [409, 'payout-method.duplicate', 'accountNumber'],
      [409, 'payout-method.duplicate', 'accountNumber'],
    ])
  })

  it('of a sixth is refused, also concurrently; a removed one does not count', async () => {
    const person = await create()
    const answers = await Promise.all(
      Array.from({ length: 7 }, (_, n) => post('', person, upi(`asha${n}@okhdfc`))),
    )
    const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id)
    expect(ids).toHaveLength(5)
    const refused = await post('', person, upi('asha9@okhdfc'))
    expect(refusalOf(refused)).toEqual([409, 'payout-method.too-many', undefined])
    await post(`/${ids[0]}/remove`, person)
    await add(person, upi('asha9@okhdfc'))
  })

  it('again after its removal makes a new method', async () => {
    const person = await create()
    const first = await add(person)
    await post(`/${first}/remove`, person)
    expect(await add(person)).not.toBe(first)
  })
})

describe('confirming a method', () => {
  it('by the code to the confirmed phone makes it usable after 72 hours', async () => {
    const person = await createOld()
    const id = await add(person)
    const sent = await post(`/${id}/send-code`, person)
    expect(sent.body).toMatchObject({ sentTo: `•••• ${person.user.phone?.slice(-4)}`, tries: 5 })
    const message = await messageTo(person.user.phone ?? '')
    expect(message).toMatchObject({ template: 'payout-method-code', method: 'as•••@okhdfc' })
    const { body, status } = await post(`/${id}/confirm`, person, { code: message.code })
    const usableFrom = addHours(72)
    expect([status, body]).toEqual([
      200,
      { id, status: 'active', usableFrom: usableFrom.toISOString() },
    ])
    expect(await rowOf(id)).toMatchObject({
      status: 'active',
      verified_by: 'phone',
      verified_at: '2026-11-24 12:00:00+00',
    })
    expect((await audits(id)).map(({ action }) => action)).toEqual(['add', 'confirm'])
    const changes = await changesTo(person)
    expect(changes.map(({ channel, data }) => [channel, data.kind])).toEqual([
      ['email', 'added'],
      ['sms', 'added'],
      ['email', 'confirmed'],
      ['sms', 'confirmed'],
    ])
  })

  it('without a confirmed phone takes the code to the confirmed address', async () => {
    const person = await createOld({ phone: nextNumber(), phoneVerifiedAt: null })
    const id = await add(person)
    const { body } = await confirm(person, id, person.user.email)
    expect(body).toMatchObject({ status: 'active' })
    expect((await rowOf(id)).verified_by).toBe('email')
  })

  it('without a confirmed phone and address is refused', async () => {
    const person = await create({ emailVerifiedAt: null })
    const id = await add(person)
    const refused = await post(`/${id}/send-code`, person)
    expect(refusalOf(refused)).toEqual([409, 'payout-method.no-contact', undefined])
  })

  it('takes the strictest rule of the kind, of all currencies', async () => {
    const rule = (currency: string, kind: string, coolOffHours: number) => ({
      currency,
      kind,
      coolOffHours,
      driver: 'simulated',
      minMinor: 1,
      maxMinor: 1_000,
      memberDayMinor: 1_000,
      actorDayMinor: 1_000,
    })
    const rules = [rule('INR', 'upi', 24), rule('USD', 'upi', 30), rule('INR', 'paypal', 200)]
    await product.payload.updateGlobal({ slug: 'payout-config', data: { rules } as never })
    const person = await createOld()
    const { body } = await confirm(person, await add(person))
    expect(body.usableFrom).toBe(addHours(30).toISOString())
    await product.payload.updateGlobal({ slug: 'payout-config', data: { rules: [] } })
  })

  it('with a wrong code costs a try and changes nothing; after five the code ends', async () => {
    const person = await createOld()
    const id = await add(person)
    await post(`/${id}/send-code`, person)
    const { code } = await messageTo(addressOf(person))
    const guess = () => post(`/${id}/confirm`, person, { code: wrong(code) })
    expect(refusalOf(await guess())).toEqual([400, 'otp.wrong-code', 'code'])
    const others = await Promise.all(Array.from({ length: 8 }, guess))
    expect(others.map((answer) => refusalOf(answer)[1]).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'otp.expired'),
      ...Array.from({ length: 4 }, () => 'otp.wrong-code'),
    ])
    const last = await post(`/${id}/confirm`, person, { code })
    expect(refusalOf(last)).toEqual([400, 'otp.expired', 'code'])
    expect((await rowOf(id)).status).toBe('unverified')
  })

  it('with a malformed code is refused', async () => {
    const person = await createOld()
    const refused = await post(`/${await add(person)}/confirm`, person, { code: 12 })
    expect(refusalOf(refused)).toEqual([400, 'otp.malformed-code', 'code'])
  })

  it('with the same code concurrently works once', async () => {
    const person = await createOld()
    const id = await add(person)
    await post(`/${id}/send-code`, person)
    const { code } = await messageTo(addressOf(person))
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(`/${id}/confirm`, person, { code })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await audits(id)).map(({ action }) => action)).toEqual(['add', 'confirm'])
  })

  it('with the code of another method is refused, and so is one with the code of a phone', async () => {
    const person = await createOld()
    const [one, other] = [await add(person), await add(person, upi('asha2@okhdfc'))]
    await post(`/${one}/send-code`, person)
    const { code } = await messageTo(addressOf(person))
    const expired = [400, 'otp.expired', 'code']
    expect(refusalOf(await post(`/${other}/confirm`, person, { code }))).toEqual(expired)

    const phone = nextNumber()
    const authorization = person.token
    const body = { phone, currentPassword: PASSWORD }
    await product.rest('POST', '/api/phone/otp', { authorization, body })
    const { code: ofPhone } = await messageTo(phone)
    expect(refusalOf(await post(`/${one}/confirm`, person, { code: ofPhone }))).toEqual([
      400,
      'otp.wrong-code',
      'code',
    ])
    const verify = (given: string) =>
      product.rest<Answer>('POST', '/api/phone/verify', { authorization, body: { code: given } })
    expect(refusalOf(await verify(code))).toEqual([400, 'otp.wrong-code', 'code'])
    // Neither ended the other: both still work for their own purpose.
    expect((await post(`/${one}/confirm`, person, { code })).status).toBe(200)
    expect((await verify(ofPhone)).status).toBe(200)
  })

  it('with a code to a phone that is no longer the member’s is refused', async () => {
    const person = await createOld()
    const id = await add(person)
    await post(`/${id}/send-code`, person)
    const { code } = await messageTo(addressOf(person))
    await product.payload.update({
      collection: 'users',
      id: person.user.id,
      data: { phone: nextNumber() },
    })
    const refused = await post(`/${id}/confirm`, person, { code })
    expect(refusalOf(refused)).toEqual([400, 'otp.expired', 'code'])
  })

  it('that is confirmed or removed is refused', async () => {
    const person = await createOld()
    const id = await add(person)
    await confirm(person, id)
    for (const [path, body] of [
      ['send-code', {}],
      ['confirm', { code: '123456' }],
    ] as const) {
      const refused = await post(`/${id}/${path}`, person, body)
      expect(refusalOf(refused)).toEqual([409, 'payout-method.confirmed', undefined])
    }
    await post(`/${id}/remove`, person)
    const refused = await post(`/${id}/send-code`, person)
    expect(refusalOf(refused)).toEqual([409, 'payout-method.removed', undefined])
  })
})

describe('a phone that was replaced', () => {
  const replacePhone = async (person: Person): Promise<string> => {
    const phone = nextNumber()
    const authorization = person.token
    const body = { phone, currentPassword: PASSWORD }
    await product.rest('POST', '/api/phone/otp', { authorization, body })
    const { code } = await messageTo(phone)
    const { status } = await product.rest('POST', '/api/phone/verify', {
      authorization,
      body: { code },
    })
    expect(status).toBe(200)
    return phone
  }

  it('cools off before the method that it confirms does: an intruder waits twice', async () => {
    const person = await createOld()
    const phone = await replacePhone(person)
    const { body } = await confirm(person, await add(person), phone)
    expect(body.usableFrom).toBe(addHours(144).toISOString())
  })

  it('is as good as another once it has cooled off', async () => {
    const person = await createOld()
    const phone = await replacePhone(person)
    waitHours(72)
    const later = { ...person, token: await signIn(product.payload, person.user) }
    const { body } = await confirm(later, await add(later), phone)
    expect(body.usableFrom).toBe(addHours(72).toISOString())
  })

  it('does not delay a member who registered just now', async () => {
    const person = await create()
    const phone = await replacePhone(person)
    const { body } = await confirm(person, await add(person), phone)
    expect(body.usableFrom).toBe(addHours(72).toISOString())
  })
})

describe('removing a method', () => {
  it('keeps its row, is audited and notified, and works once', async () => {
    const person = await createOld()
    const id = await add(person)
    const { body, status } = await post(`/${id}/remove`, person)
    expect([status, body]).toEqual([200, { id, status: 'removed' }])
    expect((await rowOf(id)).status).toBe('removed')
    expect((await audits(id)).map(({ action }) => action)).toEqual(['add', 'remove'])
    const kinds = (await changesTo(person)).map(({ data }) => data.kind)
    expect(kinds).toEqual(['added', 'added', 'removed', 'removed'])
    const again = await post(`/${id}/remove`, person)
    expect(refusalOf(again)).toEqual([409, 'payout-method.removed', undefined])
    expect(await openMethod(product, id)).toMatchObject({ vpa: 'asha.rao@okhdfc' })
  })

  it('takes no field', async () => {
    const person = await create()
    const refused = await post(`/${await add(person)}/remove`, person, { reason: 'x' })
    expect(refusalOf(refused)).toEqual([400, 'request.unknown-field', 'reason'])
  })
})

describe('a method of another member', () => {
  it.each(['support', 'finance', 'admin', 'member'] as const)(
    'is not found by a %s who would change it',
    async (role) => {
      const owner = await createOld()
      const id = await add(owner)
      const other = await create({ role })
      const answers = [
        await post(`/${id}/send-code`, other),
        await post(`/${id}/confirm`, other, { code: '123456' }),
        await post(`/${id}/remove`, other),
      ]
      for (const answer of answers) {
        expect(refusalOf(answer)).toEqual([404, 'request.not-found', undefined])
      }
      expect((await rowOf(id)).status).toBe('unverified')
    },
  )

  it('is not listed for a member', async () => {
    await add(await createOld())
    const other = await create()
    const { body } = await product.rest<Answer>('GET', '/api/payout-methods', {
      authorization: other.token,
    })
    expect(body.docs).toEqual([])
  })

  it('is not reached without signing in', async () => {
    const id = await add(await create())
    for (const path of ['', `/${id}/send-code`, `/${id}/confirm`, `/${id}/remove`]) {
      expect((await post(path, {})).status).toBe(401)
    }
  })

  it('with the same account is found for the desk, in one statement for many methods', async () => {
    const [one, two, three] = [await createOld(), await createOld(), await createOld()]
    const vpa = `shared${lastNumber}@okhdfc`
    const [ofOne, ofTwo] = [await add(one, upi(vpa)), await add(two, upi(vpa.toUpperCase()))]
    const ofThree = await add(three, upi(`own${lastNumber}@okhdfc`))
    await post(`/${ofTwo}/remove`, two)
    const db = await readDb(product)
    const shared = await findShared(db, [ofOne, ofTwo, ofThree])
    const member = (person: Person, method: string, status: string) => ({
      member: person.user.id,
      name: 'Asha Rao',
      email: person.user.email,
      method,
      status,
    })
    expect(Object.fromEntries(shared)).toEqual({
      [ofOne]: [member(two, ofTwo, 'removed')],
      [ofTwo]: [member(one, ofOne, 'unverified')],
    })
    expect(await findShared(db, [])).toEqual(new Map())
  })
})

describe('the database', () => {
  let id: string
  beforeAll(async () => {
    at = START
    id = await add(await createOld())
  })

  it.each([
    ['changes the account', `update payout_methods set sealed = 'x' where id = '$id'`],
    ['changes the name', `update payout_methods set holder_name = 'x' where id = '$id'`],
    ['gives it to another member', `update payout_methods set member_id = null where id = '$id'`],
    ['deletes it', `delete from payout_methods where id = '$id'`],
    ['empties the table', 'truncate payout_methods cascade'],
    [
      'makes it active without a confirmation',
      `update payout_methods set status = 'active' where id = '$id'`,
    ],
  ])('refuses a statement that %s', async (_case, statement) => {
    await expect(product.sql(statement.replace('$id', id))).rejects.toThrow()
    expect((await rowOf(id)).status).toBe('unverified')
  })

  it('refuses a statement that brings a removed method back', async () => {
    const person = await create()
    const gone = await add(person)
    await post(`/${gone}/remove`, person)
    await expect(
      product.sql(`update payout_methods set status = 'unverified' where id = '${gone}'`),
    ).rejects.toThrow()
  })

  it('does not open an account that was copied from another method', async () => {
    const person = await create()
    const [one, other] = [await add(person), await add(person, upi('asha2@okhdfc'))]
    await product.sql(`
      begin;
      alter table payout_methods disable trigger payout_methods_keep_account;
      update payout_methods set sealed = (select sealed from payout_methods where id = '${one}')
        where id = '${other}';
      alter table payout_methods enable trigger payout_methods_keep_account;
      commit`)
    await expect(openMethod(product, other)).rejects.toThrow()
  })
})

describe('a member with a method', () => {
  it.each(['added', 'removed'])('that was %s is not deleted: 409', async (kind) => {
    const person = await create()
    const id = await add(person)
    if (kind === 'removed') await post(`/${id}/remove`, person)
    const admin = await create({ role: 'admin' })
    const refused = await product.rest<Answer>('DELETE', `/api/users/${person.user.id}`, {
      authorization: admin.token,
    })
    expect(refusalOf(refused)).toEqual([409, 'user.has-history', undefined])
    expect((await rowOf(id)).display).toBe('as•••@okhdfc')
  })
})
