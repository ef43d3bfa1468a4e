import type { ModelBank } from './modelBank.ts'
import type { ModelWithdrawal } from './modelWithdrawal.ts'
import type { WithdrawalBooks } from './withdrawalBooks.ts'
import type { World } from './world.ts'

/**
 * Compares the product with the model, and the product's books with themselves: no member's money is
 * in no wallet, what is held is the sum of the open withdrawals, and a withdrawal is paid once unless
 * a payment was reported after its money had gone back.
 *
 * @throws Error with what differs
 */
export const compare = async (
  world: World,
  books: WithdrawalBooks,
  bank: ModelBank,
  after: string,
): Promise<void> => {
  const wallets = await loadWallets(world)
  const rows = await loadWithdrawals(world)
  const expect = (real: unknown, model: unknown, what: string) => {
    if (String(real) === String(model)) return
    throw new Error(`${what} after ${after}: product ${String(real)}, model ${String(model)}`)
  }
  expect(wallets.available, books.balance, 'available')
  expect(wallets.held, books.held, 'held')
  expect(rows.map(describeRow).join(' | '), describeAll(books), 'withdrawals')

  const open = ['requested', 'on-hold', 'approved']
  const isOpen = ({ status }: Row) => open.includes(status)
  expect(
    wallets.held,
    sum(rows.filter(isOpen), 'gross'),
    'held, and what open withdrawals ask for,',
  )
  const left = sum(rows, 'out') + sum(rows, 'fees') + sum(rows, 'tax')
  const all = Number(wallets.available) + Number(wallets.held) + left
  expect(all, books.credited, 'available, held and paid, and what was credited,')
  expect(wallets.wrong, 0, 'wallets with another sum of transfers than their balance')
  for (const withdrawal of books.withdrawals) checkPaidOnce(withdrawal, bank, after)
}

/** Each payment beyond the first was reported after its money had gone back. */
const checkPaidOnce = ({ attempts, facts }: ModelWithdrawal, bank: ModelBank, after: string) => {
  const paid = attempts.filter(({ key }) => bank.find(key)?.state === 'paid')
  const onTime = paid.filter(({ late, state }) => late === null && state !== 'failed')
  if (onTime.length <= 1) return
  throw new Error(`after ${after}, withdrawal ${facts.id} was paid ${paid.length} times`)
}

const describeAll = ({ withdrawals }: WithdrawalBooks): string =>
  withdrawals
    .toSorted((one, other) => (one.facts.id < other.facts.id ? -1 : 1))
    .map((one) => {
      const { deduction, fee, gross } = one.facts
      const attempts = one.attempts.map(({ late, state }) => `${state}${late ? ` ${late}` : ''}`)
      const amounts = `${gross} ${fee} ${deduction}, out ${one.paidOut}`
      const late = one.hasOpenLate ? ' late' : ''
      return `${one.status}${late} round ${one.round} of ${one.needs}, ${amounts}: ${attempts.join()}`
    })
    .join(' | ')

type Row = {
  status: string
  isLate: boolean
  round: string
  needs: string
  gross: string
  fee: string
  deduction: string
  out: string
  fees: string
  tax: string
  attempts: string[]
}

const describeRow = (row: Row): string => {
  const { attempts, deduction, fee, fees, gross, isLate, needs, out, round, status, tax } = row
  const left = Number(out) + Number(fees) + Number(tax)
  const amounts = `${gross} ${fee} ${deduction}, out ${left}`
  const late = isLate ? ' late' : ''
  return `${status}${late} round ${round} of ${needs}, ${amounts}: ${attempts.join()}`
}

const sum = (rows: Row[], name: 'fees' | 'gross' | 'out' | 'tax'): number =>
  rows.reduce((total, row) => total + Number(row[name]), 0)

const loadWithdrawals = ({ member, query }: World): Promise<Row[]> =>
  query<Row>(
    `select w.status, coalesce(w.is_paid_late, false) as "isLate", w.round,
       w.approvals_needed as needs, w.gross_minor as gross, w.fee_minor as fee,
       w.deduction_minor as deduction, p.out, p.fees, p.tax,
       array(select concat_ws(' ', a.status, a.late_status) from payout_attempts a
         where a.withdrawal_id = w.id order by a.number) as attempts
     from withdrawals w
     cross join lateral (
       select coalesce(sum(d.delta) filter (where l.kind = 'payouts'), 0) as out,
         coalesce(sum(d.delta) filter (where l.kind = 'payout-fees'), 0) as fees,
         coalesce(sum(d.delta) filter (where l.kind = 'tax-withheld'), 0) as tax
       from wallet_transactions t
       cross join lateral (values (t.to_wallet_id, t.amount_minor),
         (t.from_wallet_id, -t.amount_minor)) d (wallet, delta)
       join wallets l on l.id = d.wallet
       where t.withdrawal_id = w.id) p
     where w.member_id = $1 order by w.id`,
    [member],
  )

type Wallets = { available: string; held: string; wrong: string }

const loadWallets = async ({ member, query }: World): Promise<Wallets> => {
  const [row] = await query<Wallets>(
    `select coalesce(sum(w.balance_minor) filter (where w.kind = 'available'), 0) as available,
       coalesce(sum(w.balance_minor) filter (where w.kind = 'held'), 0) as held,
       count(*) filter (where w.balance_minor <> (
         select coalesce(sum(case when t.to_wallet_id = w.id then t.amount_minor
           else -t.amount_minor end), 0)
         from wallet_transactions t where w.id in (t.to_wallet_id, t.from_wallet_id))) as wrong
     from wallets w where w.owner_id = $1`,
    [member],
  )
  return row ?? { available: '0', held: '0', wrong: '0' }
}
