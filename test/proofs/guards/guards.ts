import { Client } from 'pg'

import { createPayment, createReferral, createUser } from '../../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../../support/startBuiltProduct.ts'
import { pickSome } from '../pickSome.ts'
import type { Finding, Proof } from '../types.ts'
import { attacks } from './attacks.ts'
import type { Fixture } from './attackSql.ts'
import { cashbackFixture } from './cashbackFixture.ts'
import { changeFixture } from './changeFixture.ts'
import { codeGuards, postSome, proveCodeGuard } from './codeGuards.ts'
import { listGuards, proveGuard } from './databaseGuards.ts'
import { lockOrder } from './lockOrder.ts'
import { payoutFixture } from './payoutFixture.ts'

/** The part of the guards that the quick form removes; the seed chooses which. */
const QUICK_SHARE = 1 / 3

/** Removes each guard in turn and shows that its attack then succeeds. */
export const guards: Proof = {
  name: 'guards',
  claim: 'every guard of the money tables is needed: without it, what it forbids succeeds',
  run: async ({ isQuick, postgres, say, seed }) => {
    const product = await startBuiltProduct(postgres)
    const client = new Client({ connectionString: product.web.databaseUrl })
    await client.connect()
    const query = async <Row>(text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[]
    try {
      const fixture = await makeFixture(product)
      const listed = await listGuards(query)
      const share = isQuick ? QUICK_SHARE : 1
      const inDatabase = pickSome(listed, share, seed)
      const inCode = pickSome(codeGuards, share, seed)
      say(
        `${inDatabase.length} of ${listed.length} guards in the database, ` +
          `${inCode.length} of ${codeGuards.length} in code`,
      )
      const findings: Finding[] = []
      for (const guard of inDatabase) findings.push(await proveGuard(query, guard, fixture))
      for (const guard of inCode) findings.push(await proveCodeGuard(product.payload, guard))
      findings.push(attacksAndGuardsMatch(listed.map(({ name }) => name)))
      const pair: [string, string] = [fixture.users ?? '', fixture.otherUser ?? '']
      findings.push(...(await lockOrder(product.web.databaseUrl, pair)))
      return findings
    } finally {
      await client.end()
      await product.stop()
    }
  },
}

/** Compares the names of all guards and attacks, also of those that the quick form leaves out. */
const attacksAndGuardsMatch = (names: string[]): Finding => {
  const withoutGuard = Object.keys(attacks).filter((name) => !names.includes(name))
  const withoutAttack = names.filter((name) => !attacks[name])
  const unmatched = [...withoutGuard, ...withoutAttack]
  return {
    guarantee: 'every guard has an attack, and every attack names an existing guard',
    holds: unmatched.length === 0,
    seen: unmatched.length === 0 ? 'all match' : `no counterpart: ${unmatched.join(', ')}`,
  }
}

const makeFixture = async (product: BuiltProduct): Promise<Fixture> => {
  const { payload, query } = product
  const { affiliate, buyer } = await createReferral(payload)
  const payments = []
  for (const amountMinor of [10_000, 20_000]) {
    payments.push(
      await createPayment(payload, { user: buyer.id, amountMinor, status: 'completed' }),
    )
  }
  await payload.create({
    collection: 'refunds',
    data: { payment: payments[0]?.id ?? '', amountMinor: 1_000, reference: 'fixture' },
  })
  const member = await createUser(payload)
  await payload.create({
    collection: 'adjustments',
    data: {
      member: member.id,
      effect: 'credit',
      amountMinor: 500,
      currency: 'INR',
      reason: 'fixture',
      status: 'pending',
    },
  })
  await postSome(payload, affiliate.id, 'fixture')
  const [row] = await query<Fixture>(
    `select (select id from payments where id = $1) as payments,
      (select id from refunds limit 1) as refunds, (select id from adjustments limit 1) as adjustments,
      (select id from commissions where payment_id = $1) as commissions,
      (select id from commissions where payment_id = $2) as "otherCommission",
      (select id from wallets where owner_id = $3) as wallets,
      (select id from wallets where owner_id is null limit 1) as "platformWallet",
      (select id from wallet_transactions where payment_id = $2) as wallet_transactions,
      (select key from wallet_transactions where payment_id = $2) as key,
      (select id from wallet_transactions where key = 'fixture:out') as debit`,
    [payments[0]?.id, payments[1]?.id, affiliate.id],
  )
  const cashback = await cashbackFixture(product)
  const change = await changeFixture(product, affiliate.id)
  const payout = await payoutFixture(query, { member: affiliate.id, person: buyer.id })
  return { ...row, ...cashback, ...change, ...payout, users: affiliate.id, otherUser: buyer.id }
}
