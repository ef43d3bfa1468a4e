import { SKIP_REASONS } from '../../src/domain/referrals/commission.ts'
import type { User } from '../../src/payload-types.ts'
import { createPayment, createReferral, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let support: string

beforeAll(async () => {
  product = await startProduct()
  support = await signIn(product.payload, await createUser(product.payload, { role: 'support' }))
})
afterAll(() => product.close())

type Explained = {
  status: string
  reason: string | null
  words: string
  checks: { name: string; passed: boolean | null; value: string | null }[]
  amountMinor: number
}
const explain = (id: string, authorization?: string) =>
  product.rest<Explained>('GET', `/api/payments/${id}/explain`, { authorization })

const withProgram = async <Result>(data: object, work: () => Promise<Result>) => {
  await product.payload.updateGlobal({ slug: 'affiliation-config', data })
  try {
    return await work()
  } finally {
    await product.payload.updateGlobal({
      slug: 'affiliation-config',
      data: {
        enabled: true,
        duration: 'always',
        currencies: ['INR', 'USD', 'EUR'].map((currency) => ({ currency, minPaymentMinor: 0 })),
      },
    })
  }
}

/** Completes a payment that is skipped for each reason. Returns its id. */
const CAUSES: Record<(typeof SKIP_REASONS)[number], () => Promise<string>> = {
  'program-disabled': () => withProgram({ enabled: false }, paidByReferred),
  'no-referrer': async () => paid(await createUser(product.payload)),
  'self-referral': async () => {
    const user = await createUser(product.payload, { affiliateActive: true })
    await product.sql(`update users set referred_by_id = id where id = '${user.id}'`)
    return paid(user)
  },
  'same-email': async () => {
    const affiliate = await createUser(product.payload, {
      email: 'ravi.kumar@gmail.com',
      affiliateActive: true,
    })
    return paid(
      await createUser(product.payload, {
        email: 'RaviKumar+shop@googlemail.com',
        referredBy: affiliate.id,
      }),
    )
  },
  'same-phone': async () => {
    const affiliate = await createUser(product.payload, {
      phone: '+919845066620',
      affiliateActive: true,
    })
    return paid(
      await createUser(product.payload, { phone: '098450 66620', referredBy: affiliate.id }),
    )
  },
  'not-confirmed': async () => {
    const affiliate = await createUser(product.payload, { affiliateActive: true })
    return paid(
      await createUser(product.payload, { emailVerifiedAt: null, referredBy: affiliate.id }),
    )
  },
  'referral-loop': async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const middle = await createUser(product.payload, { referredBy: buyer.id })
    await product.sql(
      `update users set referred_by_id = '${middle.id}' where id = '${affiliate.id}'`,
    )
    return paid(buyer)
  },
  'referrer-inactive': async () => {
    const { buyer } = await createReferral(product.payload, { affiliateActive: false })
    return paid(buyer)
  },
  'duration-ended': async () => {
    const { buyer } = await createReferral(product.payload)
    await paid(buyer)
    return withProgram({ duration: 'first' }, () => paid(buyer))
  },
  'currency-not-configured': () => paidByReferred({ currency: 'JPY' }),
  'below-minimum': () =>
    withProgram({ currencies: [{ currency: 'INR', minPaymentMinor: 50_000 }] }, () =>
      paidByReferred({ amountMinor: 49_999 }),
    ),
  'rounds-to-zero': () => paidByReferred({ amountMinor: 4 }),
}

const paid = async (user: User, over: object = {}): Promise<string> => {
  const { id } = await createPayment(product.payload, {
    user: user.id,
    status: 'completed',
    ...over,
  })
  return id
}
const paidByReferred = async (over: object = {}): Promise<string> => {
  const { buyer } = await createReferral(product.payload)
  return paid(buyer, over)
}

describe('GET /api/payments/:id/explain of a payment that earned nothing', () => {
  it.each(SKIP_REASONS)('explains %s with a sentence and the failed check', async (reason) => {
    const id = await CAUSES[reason]()
    const { body, status } = await explain(id, support)

    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'skipped', reason, amountMinor: 0 })
    expect(body.words).toMatch(/( was not|No commission was) paid: .{20,}\.$/)
    expect(body.checks.find(({ passed }) => passed === false)?.name).toBe(reason)
    expect(
      await product.sql(`select 1 from wallet_transactions where payment_id = '${id}'`),
    ).toEqual([])
  })
})

describe('GET /api/payments/:id/explain', () => {
  it('explains the commission to the referrer without the payer’s name, and returns 404 to the payer', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload, { name: 'Ananya Iyer' })
    await payload.update({ collection: 'users', id: buyer.id, data: { name: 'Kavita Rao' } })
    const id = await paid(buyer)

    const own = await explain(id, await signIn(payload, affiliate))
    expect(own.body.words).toBe('You were paid ₹10.00: 10.00 % of a payment of ₹100.00.')
    expect(JSON.stringify(own.body)).not.toContain('Kavita')
    expect(JSON.stringify(own.body)).not.toContain(buyer.email)

    const payer = await explain(id, await signIn(payload, buyer))
    expect(payer.status).toBe(404)
    expect((await explain(id, await signIn(payload, await createUser(payload)))).status).toBe(404)
    expect((await explain(id)).status).toBe(401)
    expect((await explain(id, support)).body.words).toContain('Ananya Iyer was paid')
  })

  it('explains that a pending payment is not decided yet', async () => {
    const { buyer } = await createReferral(product.payload)
    const { id } = await createPayment(product.payload, { user: buyer.id })
    expect((await explain(id, support)).body).toMatchObject({ status: 'not-evaluated' })
  })

  it.each(['nonsense', '00000000-0000-7000-8000-000000000000'])(
    'returns 404 for the id %s',
    async (id) => {
      const { body, status } = await explain(id, support)
      expect(status).toBe(404)
      expect(body).toMatchObject({ errors: [{ code: 'request.not-found' }] })
    },
  )

  it('explains a transfer by its payment, to its owner only', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    const payment = await paid(buyer)
    const [row] = await product.sql<{ id: string }>(
      `select id from wallet_transactions where payment_id = '${payment}'`,
    )
    const path = `/api/wallet-transactions/${row?.id}/explain`

    const own = await product.rest<Explained>('GET', path, {
      authorization: await signIn(payload, affiliate),
    })
    expect(own.body).toMatchObject({ status: 'awarded', transfer: { kind: 'commission' } })
    const stranger = await product.rest('GET', path, {
      authorization: await signIn(payload, buyer),
    })
    expect(stranger.status).toBe(404)
  })
})

describe('registration with a referral code', () => {
  const register = (body: object) => product.rest<{ doc: User }>('POST', '/api/users', { body })

  it('finds the referrer by a code in lower case with spaces around it', async () => {
    const affiliate = await createUser(product.payload)
    const { body, status } = await register({
      email: 'referred@register.test',
      password: 'long-enough-1',
      referralCode: ` ${affiliate.inviteCode?.toLowerCase()} `,
    })
    expect(status).toBe(201)
    const [row] = await product.sql<Record<string, unknown>>(
      `select referred_by_id, referred_at from users where id = '${body.doc.id}'`,
    )
    expect(row).toMatchObject({ referred_by_id: affiliate.id, referred_at: expect.anything() })
  })

  it('uses the code of an invite link’s cookie, unless a code is typed', async () => {
    const [linked, typed] = [await createUser(product.payload), await createUser(product.payload)]
    const withCookie = (email: string, cookie: string, referralCode?: string | null) =>
      product.rest<{ doc: User }>('POST', '/api/users', {
        headers: { Cookie: `tributary-ref=${cookie}` },
        body: { email, password: 'long-enough-1', ...(referralCode ? { referralCode } : {}) },
      })
    const referrerOf = async (answer: Promise<{ body: { doc: User } }>) => {
      const { body } = await answer
      const [row] = await product.sql<{ referred_by_id: string | null }>(
        `select referred_by_id from users where id = '${body.doc.id}'`,
      )
      return row?.referred_by_id
    }
    const code = linked.inviteCode ?? ''
    expect(await referrerOf(withCookie('c1@register.test', code))).toBe(linked.id)
    expect(await referrerOf(withCookie('c2@register.test', code, typed.inviteCode))).toBe(typed.id)
    expect(await referrerOf(withCookie('c3@register.test', 'NOSUCHCODE'))).toBeNull()
  })

  it('refuses an unknown code with an error for its field, and registers no member', async () => {
    const { body, status } = await register({
      email: 'lost@register.test',
      password: 'long-enough-1',
      referralCode: 'NOSUCHCODE',
    })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('"path":"referralCode"')
    expect(await product.sql(`select 1 from users where email = 'lost@register.test'`)).toEqual([])
  })

  it.each([
    ['a short password', { password: '1234567' }, 'password'],
    ['an invalid phone number', { phone: '12' }, 'phone'],
  ])('refuses %s with an error for its field', async (_name, over, field) => {
    const { body, status } = await register({
      email: 'bad@register.test',
      password: 'long-enough-1',
      ...over,
    })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(`"path":"${field}"`)
  })
})

describe('the member’s own figures and switch', () => {
  const at = async (user: User) => {
    const authorization = await signIn(product.payload, user)
    return {
      stats: (slash = '') =>
        product.rest('GET', `/api/billing/affiliate/stats${slash}`, { authorization }),
      toggle: (body?: unknown, slash = '') =>
        product.rest('POST', `/api/billing/affiliate/toggle${slash}`, { authorization, body }),
    }
  }

  it('counts referrals, earnings and the wallet', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    await createUser(payload, { referredBy: affiliate.id })
    await paid(buyer, { amountMinor: 12_345 })
    await paid(buyer, { amountMinor: 5_000, currency: 'USD' })

    const { stats } = await at(affiliate)
    for (const slash of ['', '/']) {
      expect((await stats(slash)).body).toEqual({
        affiliateActive: true,
        inviteCode: affiliate.inviteCode,
        inviteLink: `http://localhost:3000/r/${affiliate.inviteCode}`,
        referrals: { total: 2, paying: 1 },
        earnings: [
          {
            currency: 'INR',
            awardedMinor: 1_235,
            heldMinor: 0,
            reversedMinor: 0,
            availableMinor: 1_235,
          },
          {
            currency: 'USD',
            awardedMinor: 500,
            heldMinor: 0,
            reversedMinor: 0,
            availableMinor: 500,
          },
        ],
        recent: [
          { at: expect.any(String), status: 'awarded', amountMinor: 500, currency: 'USD' },
          { at: expect.any(String), status: 'awarded', amountMinor: 1_235, currency: 'INR' },
        ],
      })
    }
  })

  it('without a body toggles the switch, with one sets it, and returns the new value', async () => {
    const { toggle } = await at(await createUser(product.payload))
    expect((await toggle()).body).toEqual({ affiliateActive: true })
    expect((await toggle(undefined, '/')).body).toEqual({ affiliateActive: false })
    expect((await toggle({ active: true })).body).toEqual({ affiliateActive: true })
    expect((await toggle({ active: true })).body).toEqual({ affiliateActive: true })
    expect((await toggle({})).body).toEqual({ affiliateActive: false })
  })

  it('has its first value after an even number of concurrent toggles', async () => {
    const { stats, toggle } = await at(await createUser(product.payload))
    await Promise.all(Array.from({ length: 6 }, () => toggle()))
    expect((await stats()).body).toMatchObject({ affiliateActive: false })
  })

  it.each([[{ active: 'yes' }], ['not json'], [[]]])('refuses %j', async (body) => {
    const { toggle } = await at(await createUser(product.payload))
    expect((await toggle(body)).status).toBe(400)
  })

  it('requires a sign-in', async () => {
    const { body, status } = await product.rest('GET', '/api/billing/affiliate/stats')
    expect(status).toBe(401)
    expect(body).toMatchObject({ errors: [{ code: 'auth.required' }] })
  })
})
