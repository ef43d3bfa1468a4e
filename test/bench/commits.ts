import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../src/messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { type Figure, measureInTurn, measureRate } from './measure.ts'
import { startSlowStandby } from './slowStandby.ts'
import type { World } from './world.ts'

const WIDTH = 32
const STANDBY_MS = 5

/**
 * Commits with a message, 32 at once, while a synchronous standby confirms after 5 ms. Raw: the same
 * with a trigger that calls `pg_notify`, as the product had, so that commits wait for one another.
 */
export const commitsWithMessages = async (world: World): Promise<Figure[]> => {
  const { query, web } = world.product
  await query(`
    create function notify_in_commit() returns trigger language plpgsql as $$
    begin perform pg_notify('outbox', ''); return null; end $$;
    create trigger notify_in_commit after insert on notifications
      for each statement execute function notify_in_commit()`)
  const standby = await startSlowStandby(web.databaseUrl, STANDBY_MS)
  const before = (measure: () => Promise<number>) => async () => {
    await query('alter table notifications enable trigger notify_in_commit')
    return measure()
  }
  const now = (measure: () => Promise<number>) => async () => {
    await query('alter table notifications disable trigger notify_in_commit')
    return measure()
  }
  try {
    const figures: Figure[] = []
    for (const [name, measure] of Object.entries(MEASURES)) {
      const rate = () => measure(world)
      const { ours, raw } = await measureInTurn(now(rate), before(rate))
      figures.push({
        name: `${name}, c = 32, standby ${STANDBY_MS} ms away (raw: NOTIFY in the transaction)`,
        unit: 'commits/s',
        ours,
        raw,
        goal: '≥ 150 % of raw',
        isMet: ours >= raw * 1.5,
      })
    }
    return figures
  } finally {
    await standby.stop()
    await query('drop trigger notify_in_commit on notifications')
    await query('drop function notify_in_commit')
  }
}

const countOf = ({ isQuick }: World) => (isQuick ? 400 : 2_000)

const queueMessages = (world: World) =>
  measureRate(countOf(world), WIDTH, async () => {
    const req = await createLocalReq({}, world.product.payload)
    const notice = {
      key: `commit:${randomUUID()}`,
      template: orderConfirmed,
      data: orderConfirmed.sample,
      to: { email: 'm@bench.test' },
    }
    await untilDone(() => inTransaction(req, () => queueNotifications(req, [notice], new Date())))
  })

const award = (world: World) =>
  measureRate(countOf(world), WIDTH, async (index) => {
    const { payers, product } = world
    const data = {
      reference: randomUUID(),
      user: payers[index % payers.length] ?? '',
      amountMinor: 12_345,
      currency: 'INR',
      status: 'completed' as const,
    }
    await untilDone(() => product.payload.create({ collection: 'payments', data, depth: 0 }))
  })

/** A commit that waits for others longer than `lock_timeout` is cancelled, and is sent again. */
const untilDone = async (work: () => Promise<unknown>): Promise<void> => {
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      const { code, cause } = error as { code?: string; cause?: { code?: string } }
      if ((code ?? cause?.code) !== LOCK_TIMEOUT) throw error
    }
  }
}

const LOCK_TIMEOUT = '55P03'

const MEASURES = {
  'a message queued in a transaction': queueMessages,
  'an award through the Local API': award,
}
