import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { createLocalReq } from 'payload'

import { approveWithdrawals } from '../../../test/support/approveWithdrawals.ts'
import { createUser, readBalance } from '../../../test/support/factories.ts'
import { runCli } from '../../../test/support/runCli.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { dayIn } from '../../domain/zonedDay.ts'
import { resolveAttempt } from '../../payouts/batches/resolveAttempt.ts'
import { listWithdrawals } from '../../payouts/withdrawals/listWithdrawals.ts'
import { approvePayouts } from './approvePayouts.ts'
import { importAnswer } from './importAnswer.ts'
import { sendBatch } from './sendBatch.ts'

const PROFILE = 'Generic CSV'
const TODAY = dayIn(new Date(), 'Asia/Kolkata')
let product: Product
let folder: string
let [maker, importer] = ['', '']
let importerId: string

beforeAll(async () => {
  product = await startProduct()
  folder = await mkdtemp(path.join(os.tmpdir(), 'payouts-'))
  const [first, second] = [
    await createUser(product.payload, { role: 'finance' }),
    await createUser(product.payload, { role: 'admin' }),
  ]
  await product.sql(`update users set created_at = now() - interval '60 days'`)
  maker = first.email
  importer = second.email
  importerId = second.id
})
afterAll(async () => {
  await product.close()
  await rm(folder, { recursive: true })
})

const request = async () => {
  const [approved] = await approveWithdrawals(product, [{}])
  if (!approved) throw new Error('Nothing was made.')
  return approved
}
const attemptOf = async (withdrawal: string) =>
  (
    await product.sql<{ key: string; status: string }>(`select key, status::text
      from payout_attempts where withdrawal_id = '${withdrawal}' order by number desc limit 1`)
  )[0]
const statusOf = async (id: string) =>
  (
    await product.sql<{ status: string }>(`select status::text from withdrawals where id = '${id}'`)
  )[0]?.status
let files = 0
const send = (over: object = {}) => {
  files += 1
  const out = path.join(folder, `out-${files}.csv`)
  const options = { profile: PROFILE, date: TODAY, as: maker, out, ...over }
  return sendBatch(product.payload, options).then((batch) => ({ ...batch, out }))
}
const writeAnswer = async (key: string, status: string): Promise<string> => {
  files += 1
  const file = path.join(folder, `answer-${files}.csv`)
  const header = 'Reference,Status,Bank reference,Account number,IFSC,Amount,Reason,Paid on'
  await writeFile(file, `${header}\n${key},${status},UTR1,,,100.00,,${TODAY}\n`)
  return file
}

it('withdrawals are listed, approved by the rules, sent, and settled by the answer', async () => {
  const { id, reference } = await request()
  await product.sql(`begin; set local session_replication_role = replica;
    update withdrawals set status = 'requested', approved_at = null where id = '${id}'; commit`)
  const db = await readDb(product)
  expect(await listWithdrawals(db, { statuses: [], limit: 9 })).toMatchObject([
    { reference, status: 'requested', display: '•••• 0000', attempt: null },
  ])
  expect(await listWithdrawals(db, { statuses: ['settled'], limit: 9 })).toEqual([])

  const references = [reference, 'W-NONE']
  const approve = (as: string) => approvePayouts(product.payload, { as, references })
  expect(await approve(maker)).toMatchObject([
    // Without a rule of its method two people are needed.
    { reference, result: 'needs-second' },
    { reference: 'W-NONE', result: 'refused' },
  ])
  expect(await approve(maker)).toMatchObject([{ result: 'refused' }, { result: 'refused' }])
  expect(await approve(importer)).toMatchObject([{ result: 'approved' }, { result: 'refused' }])

  const batch = await send()
  expect(batch).toMatchObject({ count: 1, totalMinor: 10_000, refused: [] })
  const { key = '' } = (await attemptOf(id)) ?? {}
  expect(await readFile(batch.out, 'utf8')).toContain(key)
  expect((await stat(batch.out)).mode & 0o777).toBe(0o600)

  const file = await writeAnswer(key, 'Paid')
  const answer = { file, profile: PROFILE, batch: batch.reference }
  const dry = await importAnswer(product.payload, { ...answer, as: importer, dryRun: true })
  expect(dry).toMatchObject({ counts: { apply: 1 }, isWhole: true })
  await expect(importAnswer(product.payload, { ...answer, as: maker })).rejects.toMatchObject({
    code: 'payout-file.own-batch',
  })
  await importAnswer(product.payload, { ...answer, as: importer })
  expect(await statusOf(id)).toBe('settled')
  expect(await product.sql(`select actor_email from audit_logs where action = 'import'`)).toEqual([
    { actor_email: importer },
  ])
})

it('a file is written again, replaces none, and a failure leaves neither file nor batch', async () => {
  await request()
  const batch = await send()
  const out = path.join(folder, 'again.csv')
  const again = await sendBatch(product.payload, { batch: batch.reference, as: maker, out })
  expect(again.sha256).toBe(batch.sha256)
  expect(await readFile(out)).toEqual(await readFile(batch.out))
  await expect(send({ out })).rejects.toMatchObject({ code: 'EEXIST' })
  const other = path.join(folder, 'none.csv')
  await expect(send({ out: other })).rejects.toMatchObject({ code: 'payout-batch.empty' })
  await expect(stat(other)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(send({ as: (await createUser(product.payload)).email })).rejects.toThrow(
    'neither of finance nor an admin',
  )
})

const resolve = async (key: string, over: object = {}) => {
  const req = await createLocalReq({}, product.payload)
  const answer = { key, found: 'paid', by: importerId, reason: 'seen', now: new Date() } as const
  await inTransaction(req, () => resolveAttempt(req, { ...answer, ...over }))
}

it('an attempt without an answer is found paid by a person who did not make its batch', async () => {
  const { id } = await request()
  const { reference } = await send()
  const { key = '' } = (await attemptOf(id)) ?? {}
  const [made] = await product.sql<{ id: string }>(
    `select id::text from users where email = '${maker}'`,
  )
  await expect(resolve(key, { by: made?.id })).rejects.toMatchObject({
    code: 'withdrawal.not-independent',
  })
  await resolve(key)
  expect(await statusOf(id)).toBe('settled')
  await expect(resolve(key)).rejects.toMatchObject({ code: 'withdrawal.not-in-doubt' })
  await expect(resolve('none')).rejects.toMatchObject({ code: 'request.not-found' })
  expect(
    await product.sql(`select status::text from payout_batches where reference = '${reference}'`),
  ).toEqual([{ status: 'answered' }])
})

it('one found unpaid is approved again, waits for the next batch, and its file is refused', async () => {
  const { id, member } = await request()
  const { reference } = await send()
  const { key = '' } = (await attemptOf(id)) ?? {}
  await resolve(key, { found: 'not-paid' })
  expect(await statusOf(id)).toBe('approved')
  expect(await readBalance(product.payload, member)).toBe(0)
  const out = path.join(folder, 'refused.csv')
  await expect(
    sendBatch(product.payload, { batch: reference, as: maker, out }),
  ).rejects.toMatchObject({ code: 'payout-batch.resolved' })
  await product.sql(`update withdrawals set next_attempt_at = now() where id = '${id}'`)
  expect(await send()).toMatchObject({ count: 1 })
})

it('the commands print what they did and end with an honest code', async () => {
  const { id, reference } = await request()
  const run = (...args: string[]) => runCli(product.databaseUrl, ['payouts', ...args])
  const list = await run('list', '--status', 'approved', '--json')
  expect([list.code, JSON.parse(list.out)]).toMatchObject([0, [{ reference }]])
  const wrong = await run('send', '--out', path.join(folder, 'x.csv'), '--as', maker)
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Give either')])
  await send()
  const { key = '' } = (await attemptOf(id)) ?? {}
  const answer = await writeAnswer(key, 'Under scrutiny')
  const as = ['--profile', PROFILE, '--as', importer]
  const imported = await run('import', answer, ...as)
  expect(imported).toMatchObject({ code: 0, out: '1 apply\n' })
  const by = ['--by', importer, '--reason', 'seen at the bank']
  const resolved = await run('resolve', key, '--as', 'paid', ...by)
  expect(resolved).toMatchObject({ code: 0, out: `${key}  paid\n` })
}, 180_000)
