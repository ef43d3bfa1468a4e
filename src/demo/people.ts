/** The demo's people: staff, and members who referred one another. All of them are made up. */
export const STAFF = [
  { name: 'Meera Nair', email: 'admin@example.in', role: 'admin' },
  { name: 'Arvind Kulkarni', email: 'finance@example.in', role: 'finance' },
  { name: 'Divya Pillai', email: 'support@example.in', role: 'support' },
] as const

export type DemoMember = {
  name: string
  email: string
  phone: string
  affiliateActive: boolean
  referredBy?: string
}

const member = (
  name: string,
  phone: string,
  affiliateActive: boolean,
  referredBy?: string,
): DemoMember => ({
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@example.in`,
  phone,
  affiliateActive,
  ...(referredBy ? { referredBy } : {}),
})

/** Each member comes after their referrer. */
export const MEMBERS: DemoMember[] = [
  member('Ananya Iyer', '+919820019082', true),
  member('Suresh Rao', '+919845066620', true),
  member('Farida Contractor', '+919821500311', true),
  member('Jaspreet Gill', '+919814077120', false),
  member('Rohan Deshmukh', '+919922044417', true, 'Ananya Iyer'),
  member('Deepa Menon', '+919447031558', false, 'Ananya Iyer'),
  // The same phone as the referrer's: the demo's unpaid commission.
  member('Kavita Rao', '+919845066620', false, 'Suresh Rao'),
  member('Bhavesh Patel', '+919825612040', false, 'Farida Contractor'),
  member('Lakshmi Narayanan', '+919840098765', false, 'Farida Contractor'),
  member('Harpreet Singh', '+919872034561', false, 'Jaspreet Gill'),
]

/** In minor units. Completed unless `status` is given. */
export const PAYMENTS: {
  payer: string
  amountMinor: number
  currency: string
  status?: 'pending' | 'failed'
  /** Refunded afterwards. */
  refundMinor?: number
}[] = [
  { payer: 'Rohan Deshmukh', amountMinor: 12_345_678, currency: 'INR' },
  { payer: 'Rohan Deshmukh', amountMinor: 349_900, currency: 'INR' },
  { payer: 'Deepa Menon', amountMinor: 89_950, currency: 'INR' },
  { payer: 'Deepa Menon', amountMinor: 14_500, currency: 'USD' },
  { payer: 'Kavita Rao', amountMinor: 625_000, currency: 'INR' },
  { payer: 'Bhavesh Patel', amountMinor: 1_249_900, currency: 'INR', refundMinor: 249_900 },
  { payer: 'Bhavesh Patel', amountMinor: 4, currency: 'INR' },
  { payer: 'Lakshmi Narayanan', amountMinor: 218_050, currency: 'INR' },
  { payer: 'Lakshmi Narayanan', amountMinor: 5_000, currency: 'JPY' },
  { payer: 'Harpreet Singh', amountMinor: 740_000, currency: 'INR' },
  { payer: 'Ananya Iyer', amountMinor: 1_999_00, currency: 'INR' },
  { payer: 'Rohan Deshmukh', amountMinor: 56_000, currency: 'INR', status: 'pending' },
  { payer: 'Deepa Menon', amountMinor: 120_000, currency: 'INR', status: 'failed' },
]
