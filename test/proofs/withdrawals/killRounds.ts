import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import { pickSome } from '../pickSome.ts'
import { seededRandom } from '../seededRandom.ts'
import type { Finding } from '../types.ts'
import { finishAll } from './finishAll.ts'
import { type Payer, PAYERS } from './payers.ts'
import { findLie, readTruth } from './readTruth.ts'
import { CREDIT_MINOR, type Stage } from './startStage.ts'
import { type Step, STEPS } from './steps.ts'

type Plan = {
  /** The share of the pairs of step and driver that the seed chooses. */
  share: number
  /** Kills for each chosen pair. */
  rounds: number
  seed: number
  say: (line: string) => void
}

/** Kills a worker at each step of a payment by each driver, and looks at the result after each kill. */
export const killRounds = async (stage: Stage, plan: Plan): Promise<Finding[]> => {
  const { rounds, say, seed, share } = plan
  const pairs = PAYERS.flatMap((payer) => STEPS.map((step) => ({ payer, step })))
  const chosen = pickSome(pairs, share, seed)
  const random = seededRandom(seed)
  const lies: string[] = []
  const kills: Pair[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const pair of shuffle(chosen, random)) {
      await killOnce(stage, pair, random)
      kills.push(pair)
      lies.push(...(await listLies(stage)))
    }
    say(`${stage.crew.kills()} kills`)
  }
  const days = (await finishAll(stage)) / 4
  say(`all was final after ${days} days of simulated time`)
  lies.push(...(await listLies(stage)))
  return [
    toKillFinding(kills, stage.crew.kills(), chosen.length * rounds),
    ...(await judge(stage, lies)),
  ]
}

type Pair = { payer: Payer; step: Step }

const killOnce = async (stage: Stage, { payer, step }: Pair, random: () => number) => {
  try {
    await step.kill({ stage, payer, random })
  } catch (error) {
    throw new Error(`No worker was killed at the step "${step.name}" of ${payer.name}.`, {
      cause: error,
    })
  }
}

const shuffle = <Item>(items: readonly Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, lot: random() }))
    .sort((one, other) => one.lot - other.lot)
    .map(({ item }) => item)

const listLies = async (stage: Stage): Promise<string[]> =>
  (await readTruth(stage)).truths.flatMap((truth) => findLie(truth) ?? [])

const toKillFinding = (kills: Pair[], count: number, planned: number): Finding => {
  const drivers = new Set(kills.map(({ payer }) => payer.name))
  const seen = STEPS.map(({ name }) => {
    const times = kills.filter(({ step }) => step.name === name).length
    return `${name} ${times}`
  }).join(', ')
  return {
    guarantee: 'a worker was killed at every chosen step of every chosen driver',
    holds: count === planned,
    seen: `${count} kills, ${drivers.size} drivers: ${seen}`,
  }
}

const judge = async (stage: Stage, lies: string[]): Promise<Finding[]> => {
  const { open, truths, unknown } = await readTruth(stage)
  const count = (status: string) => truths.filter((truth) => truth.status === status).length
  const [settled, failed] = [count('settled'), count('failed')]
  const attempts = truths.reduce((sum, { keys }) => sum + keys.length, 0)
  const wrong = truths.filter(
    ({ back, out, status }) => out !== (status === 'settled' ? 1 : 0) || back !== 0,
  )
  return [
    {
      guarantee: 'each withdrawal became final, and was paid exactly once, or never if it failed',
      holds:
        truths.length > 0 &&
        settled + failed === truths.length &&
        wrong.length === 0 &&
        settled > 0,
      seen: `${truths.length} withdrawals in ${attempts} attempts: ${settled} settled, ${failed} failed, ${wrong.length} wrong`,
    },
    {
      guarantee: 'no provider has a payment that no attempt explains, or that is still open',
      holds: unknown.length === 0 && open.length === 0,
      seen: `${unknown.length} unexplained, ${open.length} open`,
    },
    {
      guarantee: 'after no kill a status contradicted what was really paid',
      holds: lies.length === 0,
      seen: `${lies.length} contradictions${lies[0] ? `, such as: ${lies[0]}` : ''}`,
    },
    await checkBooks(stage),
  ]
}

/** What a member has is the credit less the gross amounts that were paid. */
export const checkBooks = async (stage: Stage): Promise<Finding> => {
  const { product } = stage
  const rows = await product.query<{ missing: number }>(
    `select (w.credit - w.available - w.held - w.paid)::float8 as missing from (
       select $2::bigint as credit,
         (select coalesce(sum(balance_minor), 0) from wallets
           where owner_id = m and kind = 'available') as available,
         (select coalesce(sum(balance_minor), 0) from wallets
           where owner_id = m and kind = 'held') as held,
         (select coalesce(sum(gross_minor), 0) from withdrawals
           where member_id = m and status = 'settled') as paid
       from unnest($1::uuid[]) m) w`,
    [[...stage.people.values()].map(({ id }) => id), CREDIT_MINOR],
  )
  const missing = rows.filter(({ missing: amount }) => amount !== 0)
  const [held] = await product.query<{ sum: number }>(
    `select coalesce(sum(balance_minor), 0)::float8 as sum from wallets
     where kind = 'held' and owner_id = any ($1::uuid[])`,
    [[...stage.people.values()].map(({ id }) => id)],
  )
  const { problems, transfers } = await verifyWallets(product.payload)
  return {
    guarantee: 'the books add up: each member has the credit less what was paid',
    holds: problems.length === 0 && transfers > 0 && missing.length === 0 && held?.sum === 0,
    seen: `${transfers} transfers, ${problems.length} problems, ${missing.length} members with another sum, ${held?.sum} held`,
  }
}
