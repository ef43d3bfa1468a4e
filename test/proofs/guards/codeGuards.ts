import { randomUUID } from 'node:crypto'

import { createLocalReq, type Payload } from 'payload'

import { inTransaction } from '../../../src/database/inTransaction.ts'
import { postTransfer } from '../../../src/ledger/postTransfer.ts'
import { available, platform } from '../../../src/ledger/transfer.ts'
import { createPayment, createReferral, createUser } from '../../support/factories.ts'
import type { Finding } from '../types.ts'

type CodeGuard = {
  name: string
  /** Removes the guard. Returns a function that puts it back. */
  remove: (payload: Payload) => () => void
  /** Attempts what the guard forbids. Returns true if it was refused or had no effect. */
  test: (payload: Payload) => Promise<boolean>
}

const refused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  )

/** Removes one hook of a collection by its function's name. @throws Error there is no such hook */
const hook = (slug: string, event: string, name: string) => (payload: Payload) => {
  const hooks = payload.collections[slug as 'users'].config.hooks as unknown as Record<
    string,
    { name: string }[]
  >
  const list = hooks[event] ?? []
  const index = list.findIndex((known) => known.name === name)
  const [taken] = list.splice(index, 1)
  if (index < 0 || !taken) throw new Error(`No hook ${name} in ${slug}.${event}`)
  return () => {
    list.splice(index, 0, taken)
  }
}

/** Replaces one access rule by one that allows everyone. */
const access = (slug: string, operation: string) => (payload: Payload) => {
  const rules = payload.collections[slug as 'users'].config.access as unknown as Record<
    string,
    unknown
  >
  const rule = rules[operation]
  rules[operation] = () => true
  return () => {
    rules[operation] = rule
  }
}

const asAdmin = async (payload: Payload) => {
  const user = await createUser(payload, { role: 'admin' })
  return { overrideAccess: false, user: { ...user, collection: 'users' as const } }
}

const closed = (slug: 'commissions' | 'payments' | 'refunds' | 'wallets'): CodeGuard[] =>
  (['delete', 'update'] as const).map((operation) => ({
    name: `${slug}: no person may ${operation}`,
    remove: access(slug, operation),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      await createPayment(payload, { user: buyer.id, status: 'completed' })
      const as = await asAdmin(payload)
      const target = { collection: slug, id: '00000000-0000-7000-8000-000000000000', ...as }
      // With an open rule the error is "not found" instead of "not allowed".
      const attempt =
        operation === 'delete' ? payload.delete(target) : payload.update({ ...target, data: {} })
      return attempt.then(
        () => false,
        (error: unknown) => (error as { status?: number }).status === 403,
      )
    },
  }))

const posted = (slug: 'payments' | 'refunds'): CodeGuard => ({
  name: `${slug}: an admin alone posts none`,
  remove: access(slug, 'create'),
  test: async (payload) => {
    const { buyer } = await createReferral(payload)
    const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
    const what =
      slug === 'payments'
        ? { user: buyer.id, currency: 'INR', status: 'completed' }
        : { payment: id }
    const data = { ...what, reference: randomUUID(), amountMinor: 100 } as never
    return refused(payload.create({ collection: slug, data, ...(await asAdmin(payload)) }))
  },
})

/** The guards in code. Add each new guard here, with a test that fails without it. */
export const codeGuards: CodeGuard[] = [
  {
    name: 'payments.guardPayment: a completed payment keeps its status',
    remove: hook('payments', 'beforeChange', 'guardPayment'),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
      return refused(payload.update({ collection: 'payments', id, data: { status: 'failed' } }))
    },
  },
  {
    name: 'payments.awardCommission: a completed payment has a commission decision',
    remove: hook('payments', 'afterChange', 'awardCommission'),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
      const where = { payment: { equals: id } }
      return (await payload.count({ collection: 'commissions', where })).totalDocs === 1
    },
  },
  {
    name: 'payments.lockDocument: a change concurrent with the completion cannot make commission and amount differ',
    remove: hook('payments', 'beforeOperation', 'lockDocument'),
    test: async (payload) => {
      for (let round = 0; round < 15; round += 1) {
        const { buyer } = await createReferral(payload)
        const { id } = await createPayment(payload, { user: buyer.id, amountMinor: 10_000 })
        const change = (data: object) =>
          payload.update({ collection: 'payments', id, data, depth: 0 }).catch(() => null)
        await Promise.all([
          change({ amountMinor: 20_000 }),
          change({ status: 'completed' }),
          change({ amountMinor: 30_000 }),
        ])
        const payment = await payload.findByID({ collection: 'payments', id, depth: 0 })
        const { docs } = await payload.find({
          collection: 'commissions',
          where: { payment: { equals: id } },
          depth: 0,
        })
        if (payment.status !== 'completed' || docs[0]?.baseMinor !== payment.amountMinor)
          return false
      }
      return true
    },
  },
  {
    name: 'refunds.guardRefund: a pending payment is not refunded',
    remove: hook('refunds', 'beforeChange', 'guardRefund'),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      const { id } = await createPayment(payload, { user: buyer.id })
      const data = { payment: id, amountMinor: 1, reference: `guard:${id}` }
      return refused(payload.create({ collection: 'refunds', data }))
    },
  },
  {
    name: 'refunds.clawBackCommission: a refund claws back the commission',
    remove: hook('refunds', 'afterChange', 'clawBackCommission'),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
      const data = { payment: id, amountMinor: 10_000, reference: `guard:${id}` }
      await payload.create({ collection: 'refunds', data })
      const { docs } = await payload.find({
        collection: 'commissions',
        where: { payment: { equals: id } },
      })
      return docs[0]?.status === 'reversed'
    },
  },
  {
    name: 'adjustments.guardAdjustment: a sender cannot set the status posted',
    remove: hook('adjustments', 'beforeChange', 'guardAdjustment'),
    test: async (payload) => {
      const member = await createUser(payload)
      const doc = await payload.create({
        collection: 'adjustments',
        data: {
          member: member.id,
          effect: 'credit',
          amountMinor: 900_000,
          currency: 'INR',
          reason: 'guard test',
          status: 'posted',
        },
        depth: 0,
      })
      return doc.status === 'pending'
    },
  },
  {
    name: 'users.forbidDeletingMembersWithMoney: the refusal has the code user.has-history',
    remove: hook('users', 'beforeDelete', 'forbidDeletingMembersWithMoney'),
    test: async (payload) => {
      const { buyer } = await createReferral(payload)
      await createPayment(payload, { user: buyer.id })
      return payload.delete({ collection: 'users', id: buyer.id }).then(
        () => false,
        (error: unknown) => (error as { code?: string }).code === 'user.has-history',
      )
    },
  },
  {
    name: 'users.holdFields: one admin alone gives nobody the role of staff',
    remove: hook('users', 'beforeChange', 'holdFields'),
    test: async (payload) => {
      const [as, { id }] = [await asAdmin(payload), await createUser(payload)]
      await asAdmin(payload) // a second admin, who would have to approve it
      const data = { role: 'finance' } as const
      await payload.update({ collection: 'users', id, data, ...as })
      return (await payload.findByID({ collection: 'users', id })).role === 'member'
    },
  },
  {
    name: 'users.recordAccountChange: who made an account does not count as independent of it',
    remove: hook('users', 'afterChange', 'recordAccountChange'),
    test: async (payload) => {
      const as = await asAdmin(payload)
      const data = { email: `${randomUUID()}@guard.test`, password: 'long-enough-1' }
      const { id } = await payload.create({ collection: 'users', data: data as never, ...as })
      const where = { account: { equals: id } }
      return (await payload.count({ collection: 'account-changes', where })).totalDocs === 1
    },
  },
  posted('payments'),
  posted('refunds'),
  ...closed('payments'),
  ...closed('refunds'),
  ...closed('commissions'),
  ...closed('wallets'),
]

/**
 * Runs a guard's test with the guard and without it. The guard holds if only the second run fails.
 */
export const proveCodeGuard = async (payload: Payload, guard: CodeGuard): Promise<Finding> => {
  const holdsWith = await guard.test(payload)
  const putBack = guard.remove(payload)
  const holdsWithout = await guard.test(payload).catch(() => false)
  putBack()
  return {
    guarantee: `code ${guard.name}`,
    holds: holdsWith && !holdsWithout,
    seen: `with it: ${holdsWith ? 'refused' : 'succeeded'}; without it: ${holdsWithout ? 'refused' : 'succeeded'}`,
  }
}

/** Posts a credit and a debit of a member. Attacks start from them. */
export const postSome = async (payload: Payload, owner: string, key: string): Promise<void> => {
  const req = await createLocalReq({}, payload)
  const sides = { from: platform('adjustments'), to: available(owner) }
  const what = { kind: 'adjustment' as const, amountMinor: 100, currency: 'INR' }
  await inTransaction(req, async () => {
    await postTransfer({ req, key: `${key}:in`, ...what, ...sides })
    await postTransfer({ req, key: `${key}:out`, ...what, from: sides.to, to: sides.from })
  })
}
