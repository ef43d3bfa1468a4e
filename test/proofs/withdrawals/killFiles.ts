import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import { createUser, signIn } from '../../support/factories.ts'
import { setPayoutRules } from '../../support/payoutFactories.ts'
import { control } from '../control.ts'
import type { Finding } from '../types.ts'
import { approveFor } from './actions.ts'
import { type FileBank, openBank } from './bank.ts'
import { holdLock } from './holdLock.ts'
import { type Gate, openGate } from './openGate.ts'
import {
  AMOUNT_MINOR,
  CREDIT_MINOR,
  createPerson,
  FEE_MINOR,
  type Person,
  type Stage,
} from './startStage.ts'

const PROFILE = 'Generic CSV'
const COUNT = 4
const PATH = '/api/payout-batches'

type Work = {
  stage: Stage
  bank: FileBank
  /** Before the web process, so that its answers can be lost. */
  gate: Gate
  person: Person
  /** Who makes a batch does not import its answer. */
  importer: string
}

/** Kills the web process while batches are made, files are written and answers are imported. */
export const killFiles = async (
  stage: Stage,
  { rounds, say }: { rounds: number; say: (line: string) => void },
): Promise<Finding[]> => {
  const { product } = stage
  const database = { payload: product.payload, sql: product.query }
  await setPayoutRules(database, [
    {
      currency: 'INR',
      kind: 'bank-in',
      driver: 'bank-file',
      bank_profile: PROFILE,
      fee_fixed_minor: FEE_MINOR,
    },
  ])
  const gate = await openGate(product.web.baseUrl)
  const importer = await createUser(product.payload, { role: 'finance' })
  const work: Work = {
    stage,
    bank: openBank(),
    gate,
    person: await createPerson(product, { kind: 'bank-in', currency: 'INR' }),
    importer: await signIn(product.payload, importer),
  }
  try {
    const notes: string[] = []
    for (let round = 0; round < rounds; round += 1) notes.push(...(await playRound(work)))
    say(`${stage.web.kills()} kills of the web process around bank files`)
    return await judge(work, { rounds, notes })
  } finally {
    await gate.close()
  }
}

/** Six kills: a batch, a file and two answers come about nevertheless. Returns what went wrong. */
const playRound = async (work: Work): Promise<string[]> => {
  const { bank, stage } = work
  const notes: string[] = []
  const expect = (what: string, holds: boolean): void => {
    if (!holds) notes.push(what)
  }

  await approveFor(stage, work.person, COUNT)
  const making = { method: 'POST', path: PATH, by: stage.finance, body: await toBatch(work) }
  await killAtLock(work, making, lockPerson(work))
  await killAtAnswer(work, making)
  const again = await request(work, making)
  expect(`a batch of none was made: ${again.status}`, again.status === 409)

  const id = await findBatch(work)
  const reading = { method: 'GET', path: `${PATH}/${id}/file`, by: stage.finance }
  await killAtLock(work, reading, ['select 1 from payout_batches where id = $1 for update', [id]])
  const lost = await killAtAnswer(work, reading)
  const file = await request(work, reading)
  expect(`the file was not written: ${file.status}`, file.status === 200)
  expect('the bank got other bytes', lost.includes(file.text) && bank.upload(file.text) === 'taken')
  expect(
    'the bank took a file twice',
    bank.upload((await request(work, reading)).text) === 'refused',
  )

  for (const answer of [bank.answer(), bank.giveBack()]) {
    const importing = {
      method: 'POST',
      path: `${PATH}/import-results?${new URLSearchParams({ bankProfile: PROFILE })}`,
      by: work.importer,
      body: answer,
      type: 'text/csv',
    }
    await killAtLock(work, importing, lockPerson(work))
    await killAtAnswer(work, importing)
    const repeated = await request(work, importing)
    const isRefused = repeated.status === 409 && repeated.text.includes('payout-file.imported')
    expect(`an answer was imported twice: ${repeated.status} ${repeated.text}`, isRefused)
  }
  return notes
}

const toBatch = async ({ stage }: Work): Promise<string> => {
  const { now } = await control<{ now: string }>(stage.simulator.url, '/clock')
  const tomorrow = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10)
  return JSON.stringify({ bankProfile: PROFILE, payDate: tomorrow })
}

type Call = { method: string; path: string; by: string; body?: string; type?: string }
type Reply = { status: number; text: string }

const request = async ({ gate }: Work, { body, by, method, path, type }: Call): Promise<Reply> => {
  const response = await fetch(gate.url + path, {
    method,
    headers: { Authorization: by, 'Content-Type': type ?? 'application/json' },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text() }
}

/** The request waits for the lock, in a transaction that is not committed, when the process dies. */
const killAtLock = async (work: Work, call: Call, [text, values]: Lock): Promise<void> => {
  const { stage } = work
  const lock = await holdLock(stage.product.web.databaseUrl, text, values)
  try {
    const answer = request(work, call).catch(() => null)
    await lock.untilBlocked()
    await stage.web.replace()
    if (await answer) throw new Error(`${call.path} was answered by a process that was killed.`)
  } finally {
    await lock.release()
  }
}

/** All is done, but the answer is lost. Returns what it was. */
const killAtAnswer = async (work: Work, call: Call): Promise<string> => {
  const { gate, stage } = work
  const payer = { name: 'web', path: call.path.replace(/\?.*/, '') }
  const of = call.method === 'GET' ? 'look-up' : 'order'
  const expected = gate.holdAt({ payer, of, at: 'answer' })
  const answer = request(work, call).catch(() => null)
  const held = await expected
  await stage.web.replace()
  held.drop()
  await answer
  return held.text
}

type Lock = [text: string, values: unknown[]]

/** The last statement of a batch or an import writes messages, which refer to the member. */
const lockPerson = ({ person }: Work): Lock => [
  'select 1 from users where id = $1 for update',
  [person.id],
]

const findBatch = async ({ stage: { product } }: Work): Promise<string> => {
  const [batch] = await product.query<{ id: string }>(
    'select id::text from payout_batches order by created_at desc limit 1',
  )
  return batch?.id ?? ''
}

type Row = { status: string; keys: string[]; batches: number }

const judge = async (
  { bank, person, stage }: Work,
  { notes, rounds }: { notes: string[]; rounds: number },
): Promise<Finding[]> => {
  const { product, web } = stage
  const rows = await product.query<Row>(
    `select w.status::text, array(select key from payout_attempts where withdrawal_id = w.id) as keys,
       (select count(distinct batch_id)::int from payout_attempts where withdrawal_id = w.id) as batches
     from withdrawals w where member_id = $1`,
    [person.id],
  )
  const isTrue = ({ batches, keys, status }: Row): boolean => {
    const counts = keys.map((key) => bank.countOf(key))
    const out = counts.reduce((sum, count) => sum + count.out, 0)
    const back = counts.reduce((sum, count) => sum + count.back, 0)
    return batches === 1 && `${out} ${back}` === EXPECTED[status]
  }
  const wrong = rows.filter((row) => !isTrue(row))
  const count = (status: string) => rows.filter((row) => row.status === status).length
  const [sum] = await product.query<{ sum: number }>(
    `select sum(balance_minor)::float8 as sum from wallets where owner_id = $1`,
    [person.id],
  )
  const expected = CREDIT_MINOR - count('settled') * AMOUNT_MINOR
  const { problems } = await verifyWallets(product.payload)
  return [
    {
      guarantee: 'a batch, a file and an answer come about once, whatever web process is killed',
      holds: notes.length === 0 && web.kills() === rounds * KILLS,
      seen: `${web.kills()} kills, ${notes.length} deviations${notes[0] ? `, such as: ${notes[0]}` : ''}`,
    },
    {
      guarantee: 'the bank paid each withdrawal of a file once, and its status says so',
      holds: rows.length === rounds * COUNT && wrong.length === 0,
      seen: `${rows.length} withdrawals: ${count('settled')} settled, ${count('failed')} failed, ${count('returned')} returned, ${wrong.length} wrong`,
    },
    {
      guarantee: 'the books of bank files add up',
      holds: problems.length === 0 && sum?.sum === expected,
      seen: `${problems.length} problems, ${sum?.sum} of ${expected} minor units`,
    },
  ]
}

/** Kills of a round: two for the batch, two for the file, two for each answer. */
const KILLS = 8
/** How often money left and came back. */
const EXPECTED: Record<string, string> = { settled: '1 0', failed: '0 0', returned: '1 1' }
