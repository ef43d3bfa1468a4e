import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { encrypt } from '../../platform/encryption.ts'
import { postTransfers } from '../../ledger/postTransfers.ts'
import type { PayoutReport } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { notifyWithdrawals } from '../notifyWithdrawals.ts'
import {
  changeWithdrawals,
  lockWithdrawals,
  type WithdrawalChange,
  type WithdrawalRow,
} from '../withdrawals/withdrawalStore.ts'
import {
  type AttemptName,
  type AttemptRow,
  changeAttempts,
  findAttempts,
  lockAttempts,
} from './attemptStore.ts'
import { type Plan, planReport } from './planReport.ts'

export type NamedReport = { name: AttemptName; report: PayoutReport }
/** `unknown`: no attempt has this name. */
export type AppliedReport = {
  name: AttemptName
  key: string | null
  result: 'applied' | 'unchanged' | 'unknown'
}

/**
 * Applies reports of providers in the caller's transaction: attempts, withdrawals, money and
 * messages change together. The number of statements does not depend on the number of reports. Of
 * several reports of one attempt in a batch that contradict each other none is believed: the attempt
 * is in doubt.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const applyReports = async (
  req: PayloadRequest,
  { now, reports }: { reports: readonly NamedReport[]; now: Date },
): Promise<AppliedReport[]> => {
  const db = await dbIn(req)
  const found = await findAttempts(
    db,
    reports.map(({ name }) => name),
  )
  // Withdrawals first, then attempts: everything locks in this order.
  const withdrawals = new Map<string, WithdrawalRow>(
    (await lockWithdrawals(db, [...new Set(found.map(({ withdrawal }) => withdrawal))])).map(
      (row) => [row.id, row],
    ),
  )
  const attempts = await lockAttempts(
    db,
    found.map(({ id }) => id),
  )
  const findTransfer = await loadTransfers(
    db,
    attempts.map(({ key }) => key),
  )
  const byName = new Map(
    attempts.flatMap((row) => namesOf(row).map((name) => [name, row] as const)),
  )
  const applied: AppliedReport[] = []
  const plans: Plan[] = []
  for (const { attempt, names, reports: same } of groupByAttempt(reports, byName)) {
    const withdrawal = attempt && withdrawals.get(attempt.withdrawal)
    if (!attempt || !withdrawal) {
      applied.push(...names.map((name) => ({ name, key: null, result: 'unknown' as const })))
      continue
    }
    const plan = planReport({ attempt, withdrawal, report: toOne(same), findTransfer, now })
    plans.push(sealCards(req, plan, toOne(same)))
    // The report of another attempt of this withdrawal is planned after this one.
    withdrawals.set(withdrawal.id, followPlan(withdrawal, plan))
    const isApplied = plan.because === null || plan.because === 'paid-late'
    const result = isApplied ? ('applied' as const) : ('unchanged' as const)
    applied.push(...names.map((name) => ({ name, key: attempt.key, result })))
  }
  await carryOut(req, plans, now)
  return applied
}

const carryOut = async (req: PayloadRequest, plans: Plan[], now: Date): Promise<void> => {
  const db = await dbIn(req)
  await changeAttempts(
    db,
    plans.flatMap(({ attempt }) => attempt ?? []),
    now,
  )
  await changeWithdrawals(db, mergeChanges(plans), now)
  await postTransfers(
    req,
    plans.flatMap(({ transfers }) => transfers),
  )
  await notifyWithdrawals(
    req,
    plans.flatMap(({ notifies, withdrawal }) =>
      notifies && withdrawal ? [{ id: withdrawal.id, event: notifies }] : [],
    ),
    now,
  )
}

const nameOf = (name: AttemptName): string =>
  'key' in name ? name.key : `${name.driver} ${name.providerId}`
const namesOf = ({ driver, key, providerId }: AttemptRow): string[] => [
  key,
  ...(providerId === null ? [] : [nameOf({ driver, providerId })]),
]

type SameAttempt = { attempt: AttemptRow | null; names: AttemptName[]; reports: PayoutReport[] }

/** Groups reports by attempt, whatever name each gives to it. */
const groupByAttempt = (
  reports: readonly NamedReport[],
  byName: ReadonlyMap<string, AttemptRow>,
): SameAttempt[] => {
  const groups = new Map<string, SameAttempt>()
  for (const { name, report } of reports) {
    const attempt = byName.get(nameOf(name)) ?? null
    const id = attempt?.key ?? nameOf(name)
    const group = groups.get(id) ?? { attempt, names: [], reports: [] }
    group.reports.push(report)
    if (!group.names.some((known) => nameOf(known) === nameOf(name))) group.names.push(name)
    groups.set(id, group)
  }
  return [...groups.values()]
}

const followPlan = (row: WithdrawalRow, { withdrawal: change }: Plan): WithdrawalRow =>
  change === null
    ? row
    : { ...row, status: change.status, isPaidLate: change.isPaidLate ?? row.isPaidLate }

/** One change for each withdrawal: two attempts of one may be reported in a batch. */
const mergeChanges = (plans: readonly Plan[]): WithdrawalChange[] => {
  const changes = new Map<string, WithdrawalChange>()
  for (const { withdrawal } of plans) {
    if (withdrawal) changes.set(withdrawal.id, { ...changes.get(withdrawal.id), ...withdrawal })
  }
  return [...changes.values()]
}

/** Reports of one attempt in one batch have no order. Equal ones count once. */
const toOne = (reports: PayoutReport[]): PayoutReport => {
  const [first] = reports
  if (!first) throw new Error('No report.')
  const statuses = new Set(reports.map(({ status }) => status))
  if (statuses.size === 1) return first
  const said = [...statuses].sort().join(', ')
  return {
    ...first,
    status: 'unknown',
    code: 'contradictory',
    detail: `One batch of reports said: ${said}.`,
    remedy: null,
  }
}

/** Encrypts the codes of gift cards for the row of their attempt. */
const sealCards = (req: PayloadRequest, plan: Plan, { cards }: PayoutReport): Plan => {
  if (!plan.attempt || !cards || cards.length === 0) return plan
  const { encryptionKey } = findPayouts(req.payload)
  const sealedCards = encrypt(
    encryptionKey,
    JSON.stringify(cards),
    `payout-attempts:${plan.attempt.id}`,
  )
  return { ...plan, attempt: { ...plan.attempt, sealedCards } }
}

/** The ids of the transfers of attempts by their keys. */
const loadTransfers = async (db: Database, keys: string[]) => {
  const names = keys.flatMap((key) =>
    ['', ':late'].flatMap((late) =>
      ['', ':fee', ':tax'].map((part) => `payout:${key}${late}${part}`),
    ),
  )
  const { rows } = await db.execute<{ key: string; id: string }>(sql`
    select t.key, t.id::text from wallet_transactions t
    where t.key = any (array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb)))`)
  const ids = new Map(rows.map(({ id, key }) => [key, id]))
  return (key: string): string | undefined => ids.get(key)
}
