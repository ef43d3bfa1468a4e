import { randomUUID } from 'node:crypto'

import { runCli } from '../../test/support/runCli.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(() => product.sql('delete from notifications'))

const run = (...args: string[]) => runCli(product.databaseUrl, args)
const insertDeadLetter = async (): Promise<string> => {
  const [row] = await product.sql<{ id: string }>(`
    insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale, "to",
      data, attempt_count, next_attempt_at, reason, final_at, created_at, updated_at)
    values (time_ordered_uuid(), '${randomUUID()}', 'money', 'dead', 'email', 'commission-earned',
      'commissions', 'en', 'asha@example.test', '{}', 3, now(), 'http-400', now(), now(), now())
    returning id`)
  return row?.id ?? ''
}
const statusOf = async (id: string) =>
  (
    await product.sql<{ status: string }>(
      `select status::text from notifications where id = '${id}'`,
    )
  )[0]?.status

describe('tributary jobs', () => {
  it('lists the next runs, and runs a job', async () => {
    const { code, out } = await run('jobs', 'list', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({
        name: 'release-commissions',
        schedule: '*/15 * * * *',
        nextRunAt: expect.stringMatching(/:(00|15|30|45):00\.000Z$/),
        status: 'never-run',
      }),
    )
    const ran = await run('jobs', 'run', 'release-commissions', '--json')
    expect(JSON.parse(ran.out)).toMatchObject({ status: 'completed', report: { released: 0 } })
    expect((await run('jobs', 'list')).out).toMatch(
      /^release-commissions +\*\/15 \* \* \* \* +next \d{4}-\S+ \S+ +completed \d{4}-/m,
    )
    expect(await run('jobs', 'run', 'nothing')).toMatchObject({ code: 1 })
  }, 120_000)
})

describe('tributary dead-letters', () => {
  it('lists them masked, retries and discards each by itself, and reports refusals', async () => {
    const [first, second] = [await insertDeadLetter(), await insertDeadLetter()]
    const { out } = await run('dead-letters', 'list', '--json')
    expect(JSON.parse(out)).toMatchObject([{ to: 'as•••@example.test' }, { reason: 'http-400' }])

    const nowhere = randomUUID()
    const retried = await run('dead-letters', 'retry', first, nowhere, '--json')
    expect(retried.code).toBe(1)
    expect(JSON.parse(retried.out)).toMatchObject([
      { id: first, status: 'pending' },
      { id: nowhere, status: 'refused' },
    ])
    expect(await statusOf(first)).toBe('pending')

    expect(await run('dead-letters', 'discard', second)).toMatchObject({ code: 1 })
    expect(await run('dead-letters', 'discard', second, '--reason', ' no ')).toMatchObject({
      code: 1,
      err: expect.stringContaining('5 to 500'),
    })
    const discarded = await run('dead-letters', 'discard', second, '--reason', 'a closed mailbox')
    expect(discarded).toMatchObject({ code: 0, out: `${second}  discarded\n` })
    expect(await statusOf(second)).toBe('discarded')
    expect(
      await product.sql(`select action, reason from audit_logs where subject_id = '${second}'`),
    ).toEqual([{ action: 'discard', reason: 'a closed mailbox' }])
    expect(await run('dead-letters', 'list')).toMatchObject({ code: 0, out: 'No dead letters.\n' })
  }, 180_000)
})

describe('tributary notifications send', () => {
  const send = (...args: string[]) => run('notifications', 'send', ...args)

  it('queues a message with sample data or with given data', async () => {
    const to = ['--template', 'commission-earned', '--to', 'asha@example.test']
    const { code, out } = await send('--channel', 'email', ...to, '--json')
    expect(code).toBe(0)
    const { id } = JSON.parse(out) as { id: string }
    expect(await statusOf(id)).toBe('pending')

    const otp = ['--template', 'otp', '--to', '+919845066601', '--data', '{"code":"111111"}']
    expect(await send('--channel', 'sms', ...otp)).toMatchObject({ code: 0 })
    expect(
      await product.sql(`select "to", data, secret is null as bare from notifications
        where template = 'otp'`),
    ).toEqual([{ to: '+919845066601', data: null, bare: false }])
  }, 120_000)

  it.each([
    ['no such template', ['--channel', 'email', '--template', 'nothing', '--to', 'a@b.test']],
    [
      'a channel it has no text for',
      ['--channel', 'sms', '--template', 'plain-email', '--to', '+919845066601'],
    ],
    ['no address', ['--channel', 'email', '--template', 'otp', '--to', '+919845066601']],
    [
      'data that is none',
      ['--channel', 'email', '--template', 'otp', '--to', 'a@b.test', '--data', '[]'],
    ],
  ])(
    'refuses %s, and queues nothing',
    async (_title, args) => {
      expect((await send(...args)).code).toBe(1)
      expect(await product.sql('select 1 from notifications')).toEqual([])
    },
    60_000,
  )
})
