import { z } from 'zod'

import type { Merchant, ScenarioOrder } from '../scenario/types.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const amount = z.int().optional()
const currency = z.string().regex(/^[A-Z]{3}$/)

const Entry = z
  .strictObject({
    at: instant.optional(),
    /** Days after `startAt`. */
    day: z.number().optional(),
    /** One of our statuses, or any other text, which the network then reports as it is. */
    status: z.string().min(1).max(60),
    /** A missing value stays as it was. */
    saleMinor: amount,
    commissionMinor: amount,
    currency: currency.optional(),
    eventAt: instant.optional(),
    eventDay: z.number().optional(),
    reversalOf: z.string().optional(),
  })
  .refine((entry) => (entry.at === undefined) !== (entry.day === undefined), {
    error: 'An entry needs either at or day.',
  })

const MerchantInput = z.union([
  z.strictObject({ id: z.coerce.number<number | string>().int(), name: z.string() }),
  z.string().transform((name) => ({ id: merchantId(name), name })),
])

const Order = z.strictObject({
  order: z.string().min(1).max(100),
  network: z.string(),
  clickId: z.string().nullable().default(null),
  timeline: z.array(Entry).min(1),
  reversalOf: z.string().nullable().optional(),
  merchant: MerchantInput.optional(),
})

export const OrdersInput = z.strictObject({
  orders: z.array(Order).max(100_000),
  /** Day 0; default: now. */
  startAt: instant.optional(),
})

export const GenerateInput = z
  .strictObject({
    network: z.string(),
    count: z.int().min(1).max(10_000_000),
    /** Part of every order's name and number in the set. */
    seed: z.int().min(0).max(4095).default(1),
    clickIds: z.array(z.string()).max(1_000_000).default([]),
    from: instant,
    to: instant,
    status: z.string().min(1).default('pending'),
    changedAt: instant.optional(),
    currency: currency.default('INR'),
    merchant: MerchantInput.optional(),
  })
  .refine(({ from, to }) => from < to, { error: 'from must be before to.' })

type Context = { startMs: number; merchant: Merchant }

/** Converts input to a scenario order: days become instants, and missing values are filled in. */
export const toScenarioOrder = (
  { timeline, ...order }: z.output<typeof Order>,
  { merchant, startMs }: Context,
): ScenarioOrder => {
  const msOf = (ms: number | undefined, day: number | undefined) =>
    ms ?? startMs + (day ?? 0) * DAY_MS
  const sorted = timeline
    .map((entry) => ({ ...entry, atMs: msOf(entry.at, entry.day) }))
    .sort((one, other) => one.atMs - other.atMs)
  const dated = sorted.find(
    ({ eventAt, eventDay }) => eventAt !== undefined || eventDay !== undefined,
  )
  let last = { saleMinor: 0, commissionMinor: 0, currency: 'INR' }
  return {
    order: order.order,
    network: order.network,
    clickId: order.clickId,
    merchant: order.merchant ?? merchant,
    reversalOf: order.reversalOf ?? sorted.find(({ reversalOf }) => reversalOf)?.reversalOf ?? null,
    eventMs: dated ? msOf(dated.eventAt, dated.eventDay) : (sorted[0]?.atMs ?? startMs),
    timeline: sorted.map((entry) => {
      last = {
        saleMinor: entry.saleMinor ?? last.saleMinor,
        commissionMinor: entry.commissionMinor ?? last.commissionMinor,
        currency: entry.currency ?? last.currency,
      }
      return { atMs: entry.atMs, status: entry.status, ...last }
    }),
  }
}

const DAY_MS = 86_400_000

/** The number of a programme that is given by name only. */
const merchantId = (name: string): number =>
  40_000 +
  Array.from(name).reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 10_000, 0)
