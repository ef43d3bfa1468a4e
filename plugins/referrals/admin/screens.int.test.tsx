import { createLocalReq, type PayloadRequest } from 'payload'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

import type { User, WalletTransaction } from '../../../src/payload-types.ts'
import { createPayment, createReferral, createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { CostPanel } from './cost/CostPanel.tsx'
import { ExplainPayment } from './explain/ExplainPayment.tsx'
import { ExplainTransfer } from './explain/ExplainTransfer.tsx'
import { CostByMonthWidget } from './widgets/CostByMonthWidget.tsx'
import { HeldWidget } from './widgets/HeldWidget.tsx'
import { NetCommissionWidget } from './widgets/NetCommissionWidget.tsx'
import { OwedWidget } from './widgets/OwedWidget.tsx'
import { ReferredWidget } from './widgets/ReferredWidget.tsx'
import { TopReferrersWidget } from './widgets/TopReferrersWidget.tsx'

const WIDGETS = {
  NetCommissionWidget,
  HeldWidget,
  OwedWidget,
  ReferredWidget,
  CostByMonthWidget,
  TopReferrersWidget,
}

let product: Product
let staff: Record<'admin' | 'finance' | 'support', User>
beforeAll(async () => {
  product = await startProduct()
  const one = (role: User['role']) => createUser(product.payload, { role })
  staff = {
    admin: await one('admin'),
    finance: await one('finance'),
    support: await one('support'),
  }
})
afterAll(() => product.close())

const requestOf = (user: User | null, query: object = {}): Promise<PayloadRequest> =>
  createLocalReq(
    {
      ...(user ? { user: { ...user, collection: 'users' as const } } : {}),
      req: { query } as never,
    },
    product.payload,
  )

/** The text of a rendered screen; empty when it renders nothing. */
const textOf = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/\s+/g, ' ')
    .trim()
const explained = async (paymentId: string, user: User | null) =>
  textOf(await ExplainPayment({ paymentId, req: await requestOf(user) }))

const paid = async (user: User, over: object = {}): Promise<string> => {
  const { id } = await createPayment(product.payload, {
    user: user.id,
    status: 'completed',
    ...over,
  })
  return id
}
const transferOf = async (paymentId: string): Promise<WalletTransaction> => {
  const { docs } = await product.payload.find({
    collection: 'wallet-transactions',
    where: { payment: { equals: paymentId } },
    depth: 0,
  })
  if (!docs[0]) throw new Error('Nothing was posted.')
  return docs[0]
}
const samePhone = async () => {
  const affiliate = await createUser(product.payload, {
    name: 'Suresh Rao',
    phone: '+919845066620',
    affiliateActive: true,
  })
  return createUser(product.payload, {
    name: 'Kavita Rao',
    phone: '+919845066620',
    referredBy: affiliate.id,
  })
}

describe('a screen for staff', () => {
  const outsiders: [string, () => Promise<User | null>][] = [
    ['a stranger', () => Promise.resolve(null)],
    ['a member', () => createUser(product.payload)],
  ]

  it.each(outsiders)(
    'renders nothing for %s: no decision, no cost, no widget',
    async (_name, who) => {
      const { affiliate, buyer } = await createReferral(product.payload)
      const payment = await paid(buyer)
      for (const user of [await who(), affiliate]) {
        const req = await requestOf(user)
        expect(await ExplainPayment({ paymentId: payment, req })).toBeNull()
        expect(await ExplainTransfer({ transfer: await transferOf(payment), req })).toBeNull()
        expect(await CostPanel({ data: {}, req })).toBeNull()
        for (const Widget of Object.values(WIDGETS)) expect(await Widget({ req })).toBeNull()
      }
    },
  )

  it('renders nothing for a machine with any scopes', async () => {
    const machine = await product.payload.create({
      collection: 'service-accounts',
      data: { name: 'm', scopes: ['payments:write', 'members:read'] },
    })
    const req = await createLocalReq(
      { user: { ...machine, collection: 'service-accounts' } },
      product.payload,
    )
    expect(await ExplainPayment({ paymentId: await paid(staff.admin), req })).toBeNull()
    for (const Widget of Object.values(WIDGETS)) expect(await Widget({ req })).toBeNull()
  })
})

describe('Explain', () => {
  it('shows the current amount of a capped and partly refunded commission, and its calculation', async () => {
    await product.payload.updateGlobal({
      slug: 'affiliation-config',
      data: {
        currencies: [{ currency: 'INR', minPaymentMinor: 50_000, maxCommissionMinor: 100_000 }],
      },
    })
    const { affiliate, buyer } = await createReferral(product.payload, { name: 'Ananya Iyer' })
    await product.payload.update({
      collection: 'users',
      id: buyer.id,
      data: { name: 'Rohan Deshmukh' },
    })
    const payment = await paid(buyer, { amountMinor: 1_249_900 })
    await product.payload.create({
      collection: 'refunds',
      data: { reference: 'REF-7730', payment, amountMinor: 249_900 },
    })

    const text = await explained(payment, staff.support)
    expect(text).toContain('Ananya Iyer earned a commission on this payment')
    expect(text).toContain(
      'Rohan Deshmukh paid ₹12,499.00. The rate gave ₹1,249.90 and the cap cut it to ₹1,000.00. Refunds took ₹199.94 back.',
    )
    expect(text).toContain('₹800.06 current amount')
    expect(text).toContain('12 of 12 checks passed')
    expect(text).toContain('1,000.00 × 2,499.00 ÷ 12,499.00 199.9359…')
    expect(text).toContain('Taken back, rounded half up −₹199.94')
    expect(text).toMatch(/Commission commission:payment:….{8} Commission expense to Ananya Iyer/)
    expect(text).toMatch(/Clawback clawback:refund:….{8} Ananya Iyer to Commission expense ₹199.94/)
    expect(text).toMatch(/Decided once, \d+ \w+ \d{4}, \d\d:\d\d:\d\d IST/)

    const transfer = await transferOf(payment)
    const req = await requestOf(staff.finance)
    expect(textOf(await ExplainTransfer({ transfer, req }))).toContain('₹800.06 current amount')
    expect(affiliate.id).toBeDefined()
    await product.payload.updateGlobal({
      slug: 'affiliation-config',
      data: { currencies: ['INR', 'USD'].map((currency) => ({ currency, minPaymentMinor: 0 })) },
    })
  })

  it('of a skipped payment starts with the reason and has an answer for the member', async () => {
    const payer = await samePhone()
    await paid(payer, { reference: 'PAY-EARLIER', amountMinor: 215_000 })
    const payment = await paid(payer, { reference: 'PAY-6250', amountMinor: 625_000 })

    const text = await explained(payment, staff.finance)
    expect(text).toMatch(
      /^Suresh Rao was not paid: both accounts use, or have used, the same phone Kavita Rao/,
    )
    expect(text).toContain('Check 5 of 12 failed, so nothing was posted.')
    expect(text).toContain('4 passed, 1 failed, 7 not reached')
    expect(text).toContain('Phone numbers differ same-phone Both •••• 6620')
    expect(text).toContain('Nothing was posted for this payment.')
    expect(text).toContain('Earlier payments of Kavita Rao')
    expect(text).toContain('PAY-EARLIER')
    expect(text).toMatch(/Answer for the member .* same phone number as yours/)
  })

  it.each(['admin', 'finance'] as const)('offers %s an adjustment', async (role) => {
    const text = await explained(await paid(await samePhone()), staff[role])
    expect(text).toContain('New adjustment')
    expect(text).not.toContain('Ask finance')
  })

  it('shows support no action, but a hint to ask finance and what to quote', async () => {
    const payment = await paid(await samePhone(), { reference: 'PAY-QUOTED' })
    const req = await requestOf(staff.support)
    const html = renderToStaticMarkup(await ExplainPayment({ paymentId: payment, req }))
    expect(textOf(await ExplainPayment({ paymentId: payment, req }))).toContain(
      'Ask finance, and quote PAY-QUOTED and same-phone .',
    )
    expect(html).not.toContain('/adjustments')
    expect(html.match(/<button/g)).toHaveLength(1) // Copy
  })

  it('of a pending payment shows that it is not decided yet', async () => {
    const { buyer } = await createReferral(product.payload)
    const { id } = await createPayment(product.payload, { user: buyer.id })
    expect(await explained(id, staff.support)).toMatch(/^Not decided yet: the payment is pending/)
  })

  it('of an adjustment shows its reason', async () => {
    const member = await createUser(product.payload)
    const req = await requestOf(staff.finance)
    const { id } = await product.payload.create({
      collection: 'adjustments',
      data: {
        member: member.id,
        effect: 'credit',
        amountMinor: 15_000,
        currency: 'INR',
        reason: 'Goodwill for the late parcel',
      } as never,
      req,
      overrideAccess: false,
    })
    const { docs } = await product.payload.find({
      collection: 'wallet-transactions',
      where: { adjustment: { equals: id } },
      depth: 0,
    })
    const html = renderToStaticMarkup(await ExplainTransfer({ transfer: docs[0] as never, req }))
    expect(html).toContain('Goodwill for the late parcel')
    expect(html).toContain(`/collections/adjustments/${id}`)
  })
})

describe('the cost of the programme', () => {
  it('is shown for the period and currency of the URL', async () => {
    const { buyer } = await createReferral(product.payload, { name: 'Dollar Earner' })
    await paid(buyer, { currency: 'USD', amountMinor: 20_000 })
    const data = { currencies: [{ currency: 'INR' }, { currency: 'USD' }] }
    const panel = async (query: object) =>
      textOf(await CostPanel({ data, req: await requestOf(staff.support, query) }))

    expect(await panel({ period: '90', currency: 'USD' })).toContain(
      'Awarded, 1 payment $20.00 Taken back by refunds',
    )
    expect(await panel({ period: '90', currency: 'USD' })).toContain('Dollar Earner 1 $20.00')
    expect(await panel({ period: 'x', currency: 'x' })).toContain('Net cost of commissions ₹')
  })

  it('is on the dashboard of all staff, including support', async () => {
    const req = await requestOf(staff.support)
    const texts = await Promise.all(
      Object.values(WIDGETS).map(async (Widget) => textOf(await Widget({ req }))),
    )
    expect(texts.join(' ')).toMatch(/Net commission, this month ₹/)
    expect(texts.join(' ')).toMatch(/Owed to members now ₹/)
    expect(texts.join(' ')).toContain('Show as table')
  })
})
