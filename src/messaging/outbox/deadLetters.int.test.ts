import { createLocalReq } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { welcome } from '../templates/welcome.ts'
import { createUser } from '../../../test/support/factories.ts'
import { discardDeadLetter, listDeadLetters, retryDeadLetter } from './deadLetters.ts'
import { queueNotifications } from './queueNotifications.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const createLetter = (over: object) =>
  product.payload.create({
    collection: 'notifications',
    data: {
      dedupeKey: JSON.stringify(over),
      lane: 'money',
      status: 'dead',
      channel: 'email',
      template: 'commission-earned',
      category: 'money',
      locale: 'en',
      to: 'asha.rao@example.test',
      data: {},
      attemptCount: 8,
      nextAttemptAt: '2026-06-01T00:00:00.000Z',
      ...over,
    } as never,
  })

it('dead letters are listed latest first with masked addresses, as many as requested', async () => {
  await createLetter({ finalAt: '2026-06-01T10:00:00.000Z', reason: 'oldest' })
  await createLetter({ finalAt: '2026-06-01T12:00:00.000Z', reason: 'latest' })
  await createLetter({
    finalAt: '2026-06-01T11:00:00.000Z',
    channel: 'sms',
    to: '+919812345678',
    data: null,
  })
  await createLetter({ status: 'sent', finalAt: '2026-06-01T13:00:00.000Z' })
  const letters = await listDeadLetters(await readDb(product), 2)
  expect(letters).toMatchObject([
    { reason: 'latest', at: '2026-06-01T12:00:00.000Z', attemptCount: 8, isErased: false },
    { channel: 'sms', at: '2026-06-01T11:00:00.000Z', isErased: true },
  ])
  expect(letters.map(({ to }) => to).join()).not.toMatch(/asha\.rao|98123/)
})

describe('a dead letter', () => {
  const now = new Date('2026-06-02T00:00:00Z')
  const retry = async (id: string) => {
    const req = await createLocalReq({}, product.payload)
    await inTransaction(req, () => retryDeadLetter({ req, id, now }))
  }
  const findRow = async (id: string) => {
    const [row] = await product.sql(
      `select status::text, reason, attempt_count::int as attempts, final_at as "finalAt"
       from notifications where id = '${id}'`,
    )
    return row
  }

  it('that is retried is pending with new attempts, and cannot be retried again', async () => {
    const { id } = await createLetter({ finalAt: '2026-06-01T10:00:00.000Z', reason: 'retried' })
    await retry(id)
    expect(await findRow(id)).toMatchObject({ status: 'pending', attempts: 0, finalAt: null })
    await expect(retry(id)).rejects.toMatchObject({ code: 'notification.not-dead' })
  })

  it('of a template that may carry a secret but carries none is retried', async () => {
    const user = await createUser(product.payload)
    const [welcomed] = await product.sql<{ id: string; data: object; secret: string | null }>(
      `update notifications set status = 'dead', final_at = now(), secret = null
       where user_id = '${user.id}' and template = 'welcome' returning id::text, data, secret`,
    )
    expect(welcomed?.data).toEqual({ name: user.name })
    await retry(welcomed?.id ?? '')
    expect(await findRow(welcomed?.id ?? '')).toMatchObject({ status: 'pending' })
  })

  it('of a welcome with a token holds the token encrypted only', async () => {
    const user = await createUser(product.payload)
    const req = await createLocalReq({}, product.payload)
    const data = { name: 'Asha', verificationToken: 'token-9f2c' }
    const notice = { key: 'welcome:again', template: welcome, data, user: user.id }
    await inTransaction(req, () => queueNotifications(req, [notice], now))
    const [row] = await product.sql<{ text: string; has_secret: boolean }>(
      `select n::text as text, secret is not null as has_secret from notifications n
       where dedupe_key like 'welcome:again%'`,
    )
    expect(row).toMatchObject({ has_secret: true, text: expect.not.stringContaining('9f2c') })
  })

  it('with an erased secret cannot be retried and stays dead', async () => {
    const { id } = await createLetter({ data: null, reason: 'erased' })
    await expect(retry(id)).rejects.toMatchObject({ code: 'notification.erased' })
    expect(await findRow(id)).toMatchObject({ status: 'dead', reason: 'erased' })
  })

  it('that is discarded keeps the given reason', async () => {
    const { id } = await createLetter({ reason: 'no-such-address' })
    const req = await createLocalReq({}, product.payload)
    await inTransaction(req, () => discardDeadLetter({ req, id, reason: 'a duplicate', now }))
    expect(await findRow(id)).toMatchObject({ status: 'discarded', reason: 'a duplicate' })
  })
})
