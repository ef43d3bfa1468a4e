import { randomUUID } from 'node:crypto'

import type { Payload } from 'payload'

import type { BuiltProduct } from '../../../support/startBuiltProduct.ts'
import { createMethod, setPayoutRules } from '../../../support/payoutFactories.ts'
import type { Deduction, Limits } from './withdrawalBooks.ts'

type Product = Pick<BuiltProduct, 'payload' | 'query'>
export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * Creates the people of one sequence by SQL, and what they do that is no withdrawal: they never sign
 * in, and hashing passwords would take most time.
 */
export const openWorld = async ({ payload, query }: Product, bank: string) => {
  const [member, payer, outsider] = [randomUUID(), randomUUID(), randomUUID()]
  const approvers = [randomUUID(), randomUUID(), randomUUID()]
  const admin = approvers[2] ?? ''
  const roleOf = (id: string) => (id === admin ? 'admin' : 'finance')
  await createPeople(query, [
    { id: member, role: 'member', referrer: null },
    { id: payer, role: 'member', referrer: member },
    ...[outsider, ...approvers].map((id) => ({ id, role: roleOf(id), referrer: null })),
  ])
  const payments: string[] = []
  const sql = <Row>(text: string) => query<Row>(text)

  return {
    payload,
    query,
    member,
    /** Two of finance and an admin. */
    approvers,
    /** One of finance who approves nothing. */
    outsider,
    roleOf,
    ...createRules(sql, bank),
    addMethod: (verifiedAt: Date): Promise<string> =>
      createMethod({ payload, sql }, { member, verifiedAt: verifiedAt.toISOString() }),
    removeMethod: (id: string, at: Date) =>
      query(`update payout_methods set status = 'removed', removed_at = $2 where id = $1`, [
        id,
        at,
      ]),
    credit: (amountMinor: number) => credit(payload, member, amountMinor),
    pay: async (amountMinor: number) => {
      const { id } = await payload.create({
        collection: 'payments',
        data: {
          reference: randomUUID(),
          user: payer,
          amountMinor,
          currency: 'INR',
          status: 'completed',
        },
        depth: 0,
      })
      payments.push(id)
    },
    refund: (index: number, amountMinor: number) =>
      payload.create({
        collection: 'refunds',
        data: { reference: randomUUID(), payment: payments[index] ?? '', amountMinor },
        depth: 0,
      }),
    /** What is in `payouts` for a withdrawal, in minor units. */
    paidOf: async (withdrawal: string): Promise<number> => {
      const [row] = await query<{ sum: string }>(
        `select coalesce(sum(case when l.id = t.to_wallet_id then t.amount_minor
           else -t.amount_minor end), 0) as sum
         from wallet_transactions t
         join wallets l on l.kind = 'payouts' and l.id in (t.to_wallet_id, t.from_wallet_id)
         where t.withdrawal_id = $1`,
        [withdrawal],
      )
      return Number(row?.sum)
    },
    /** The key of the latest attempt of each withdrawal. */
    latestKeys: async (withdrawals: string[]): Promise<Map<string, string>> => {
      const rows = await query<{ withdrawal: string; key: string }>(
        `select distinct on (withdrawal_id) withdrawal_id as withdrawal, key from payout_attempts
         where withdrawal_id = any ($1::uuid[]) order by withdrawal_id, number desc`,
        [withdrawals],
      )
      return new Map(rows.map(({ key, withdrawal }) => [withdrawal, key]))
    },
  }
}

type Query = Product['query']
type NewPerson = { id: string; role: string; referrer: string | null }

const createPeople = (query: Query, people: NewPerson[]) =>
  query(
    `insert into users (id, name, email, role, affiliate_active, invite_code, referred_by_id,
       email_verified_at, created_at, updated_at)
     select p.id, 'Asha Rao', p.id || '@model.test', p.role::enum_users_role, true,
       upper(replace(p.id::text, '-', '')), p.referrer, now(), now(), now()
     from jsonb_to_recordset($1::jsonb) as p (id uuid, role text, referrer uuid)`,
    [JSON.stringify(people)],
  )

const credit = (payload: Payload, member: string, amountMinor: number) =>
  payload.create({
    collection: 'adjustments',
    data: { member, effect: 'credit', amountMinor, currency: 'INR', reason: 'model' } as never,
    depth: 0,
  })

const createRules = (sql: <Row>(text: string) => Promise<Row[]>, bank: string) => ({
  writeRule: (limits: Limits): Promise<void> =>
    setPayoutRules({ sql }, [
      {
        driver: bank,
        min_minor: limits.min,
        max_minor: limits.max,
        member_day_minor: limits.memberDay,
        actor_day_minor: limits.actorDay,
        four_eyes_above_minor: limits.fourEyesAbove,
        auto_approve_below_minor: limits.autoApproveBelow,
        auto_approve_after_days: 0,
        auto_approve_after_settled: 1,
        fee_fixed_minor: limits.feeFixed,
        fee_percent_bps: limits.feeBps,
      },
    ]),
  writeDeduction: async (deduction: Deduction | null): Promise<void> => {
    await sql('delete from payout_config_deductions')
    if (!deduction) return
    await sql(`
      insert into payout_config_deductions (_order, _parent_id, id, label, section, currency, "from",
        rate_bps, rate_without_tax_id_bps, yearly_threshold_minor, applies_to, base, year_start,
        time_zone)
      select 1, c.id, '${randomUUID()}', 'Tax', 'model', 'INR', '2026-01-01', ${deduction.rateBps},
        0, ${deduction.threshold}, 'whole', 'payout', '04-01', 'Asia/Kolkata'
      from payout_config c`)
  },
})
