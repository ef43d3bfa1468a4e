import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import type { Finding } from '../types.ts'
import { PAYERS } from './payers.ts'
import { createPerson, AMOUNT_MINOR, type Person, type Stage } from './startStage.ts'

const PARALLEL = 100
/** The balance covers so many requests, and half of another one. */
const COVERED = 3

/** Sends 100 requests at once over a balance that covers three of them, again and again. */
export const raceRequests = async (
  stage: Stage,
  { rounds, say }: { rounds: number; say: (line: string) => void },
): Promise<Finding[]> => {
  const { product } = stage
  await watchBalances(stage)
  const answers = new Map<string, number>()
  const wrong: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const person = await createPerson(product, PAYERS[0] ?? UNKNOWN, COVERED_MINOR)
    const outcomes = await Promise.all(
      Array.from({ length: PARALLEL }, () => requestOnce(stage, person)),
    )
    for (const outcome of outcomes) answers.set(outcome, (answers.get(outcome) ?? 0) + 1)
    const state = await readState(stage, person)
    if (state !== EXPECTED) wrong.push(`round ${round + 1}: ${state}`)
  }
  say(`${rounds} rounds of ${PARALLEL} parallel requests`)
  const negative = await product.query('select 1 from proof_negative_balances')
  const { problems } = await verifyWallets(product.payload)
  const [accepted, refused] = [rounds * COVERED, rounds * (PARALLEL - COVERED)]
  return [
    {
      guarantee: `of ${PARALLEL} parallel requests exactly ${COVERED} are accepted, the others refused for the balance`,
      holds:
        wrong.length === 0 &&
        answers.get('201') === accepted &&
        answers.get('409 withdrawal.insufficient') === refused,
      seen: `${rounds} rounds: ${[...answers].map(([name, n]) => `${n} × ${name}`).join(', ')}${wrong[0] ? `; ${wrong[0]}` : ''}`,
    },
    {
      guarantee: 'no balance of a member was ever below zero, and the books add up',
      holds: negative.length === 0 && problems.length === 0,
      seen: `${negative.length} negative balances, ${problems.length} problems`,
    },
  ]
}

const COVERED_MINOR = COVERED * AMOUNT_MINOR + AMOUNT_MINOR / 2
const EXPECTED = JSON.stringify({
  available: AMOUNT_MINOR / 2,
  held: COVERED * AMOUNT_MINOR,
  requested: COVERED,
})
const UNKNOWN = { kind: 'upi', currency: 'INR' } as const

/** Records each time that a wallet of a member goes below zero. */
const watchBalances = ({ product }: Stage): Promise<unknown[]> =>
  product.query(`
    create table proof_negative_balances (id uuid, balance_minor bigint);
    create function note_negative_balance() returns trigger language plpgsql as $$
      begin
        insert into proof_negative_balances values (new.id, new.balance_minor);
        return null;
      end $$;
    create trigger note_negative_balance after insert or update on wallets for each row
      when (new.owner_id is not null and new.balance_minor < 0)
      execute function note_negative_balance();`)

const requestOnce = async (
  { product }: Stage,
  { authorization, currency, method }: Person,
): Promise<string> => {
  const response = await fetch(`${product.web.baseUrl}/api/withdrawals`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body: JSON.stringify({ amountMinor: AMOUNT_MINOR, currency, method }),
  })
  const { errors } = (await response.json()) as { errors?: { code?: string }[] }
  return [response.status, ...(errors ? [errors[0]?.code] : [])].join(' ')
}

const readState = async ({ product }: Stage, { id }: Person): Promise<string> => {
  const [state] = await product.query(
    `select
       (select balance_minor::float8 from wallets
         where owner_id = $1 and kind = 'available') as available,
       (select balance_minor::float8 from wallets where owner_id = $1 and kind = 'held') as held,
       (select count(*)::int from withdrawals
         where member_id = $1 and status = 'requested') as requested`,
    [id],
  )
  return JSON.stringify(state)
}
