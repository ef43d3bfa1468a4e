import { sql } from '@payloadcms/db-postgres'

import { type Database } from '../../database/dbIn.ts'
import type { AccountChange, AccountLink } from '../../domain/approvals/refuseApprover.ts'
import { addDays } from '../../domain/dates.ts'
import type { GivenApproval } from '../../domain/payouts/decideApproval.ts'

type Person = { id: string; role: string; since: Date; dayMinor: Record<string, number> }

/** What decides about approvals by one person, of many withdrawals at once. */
export type ApprovalContext = {
  approver: Person
  /** The latest change of an account by the approver, by the account. */
  changedByApprover: ReadonlyMap<string, AccountLink>
  /** The latest change of the approver's account, by who did it, also through other accounts. */
  changedApprover: ReadonlyMap<string, AccountLink>
  /**
   * Members whose account the approver created, or to which the approver gave a password or an e-mail
   * address, at any time: who can act as the member could wait until the cool-down is over.
   */
  made: ReadonlySet<string>
  approvals: ReadonlyMap<string, GivenApproval[]>
  holds: ReadonlyMap<string, { setBy: string | null; liftedBy: string | null }>
}

type Ask = {
  approver: string
  withdrawals: readonly { id: string; member: string }[]
  coolDownDays: number
  now: Date
}

/**
 * Loads the facts of `decideApproval` for many withdrawals, in a number of statements that does not
 * depend on how many they are. Locks the approver's row, so that approvals by one person follow each
 * other and together stay within the limit of a day.
 */
export const loadApprovalContext = async (db: Database, ask: Ask): Promise<ApprovalContext> => {
  await db.execute(sql`select 1 from users where id = ${ask.approver} for no key update`)
  const approvals = await loadApprovals(db, ask)
  const since = addDays(ask.now, -ask.coolDownDays)
  const changedByApprover = await loadLinksFrom(db, ask.approver, since)
  const changedApprover = await loadLinksTo(db, ask.approver, since)
  return {
    approver: await loadApprover(db, ask),
    changedByApprover,
    changedApprover,
    made: await loadMade(db, ask),
    approvals: groupApprovals(approvals, changedByApprover, changedApprover),
    holds: await loadHolds(db, ask),
  }
}

const loadApprover = async (db: Database, { approver, now }: Ask): Promise<Person> => {
  const { rows } = await db.execute<{ role: string; since: string }>(sql`
    select role::text, to_json(created_at) #>> '{}' as since from users where id = ${approver}`)
  const [person] = rows
  if (!person) throw new Error('The approver is not there.')
  // What one person approved alone: the other approval, where there was one, decided as well.
  const { rows: sums } = await db.execute<{ currency: string; sum: number }>(sql`
    select w.currency, sum(w.gross_minor)::float8 as sum
    from withdrawals w
    join withdrawal_approvals a on a.withdrawal_id = w.id and a.round = w.round
    where a.by_id = ${approver} and a.at > ${addDays(now, -1).toISOString()}
      and w.status::text not in ('rejected', 'cancelled')
      and not exists (
        select 1 from withdrawal_approvals o
        where o.withdrawal_id = w.id and o.round = w.round and o.by_id <> a.by_id)
    group by w.currency`)
  return {
    id: approver,
    role: person.role,
    since: new Date(person.since),
    dayMinor: Object.fromEntries(sums.map(({ currency, sum }) => [currency, sum])),
  }
}

type LinkRow = { account: string; change: AccountChange; at: string }

/** Accounts that a person changed, also through accounts that this person changed before. */
const loadLinksFrom = async (db: Database, by: string, since: Date) =>
  toLinks(
    await db.execute<LinkRow>(sql`
      with recursive reached as (
        select account, change, at from account_changes
        where changed_by = ${by} and at > ${since.toISOString()}
        union
        select c.account, c.change, c.at from account_changes c
        join reached r on c.changed_by = r.account
        where c.at > ${since.toISOString()}
      )
      select distinct on (account) account::text, change::text, to_json(at) #>> '{}' as at
      from reached order by account, reached.at desc`),
  )

/** Persons who changed an account, directly or through others that they changed. */
const loadLinksTo = async (db: Database, account: string, since: Date) =>
  toLinks(
    await db.execute<LinkRow>(sql`
      with recursive reaching as (
        select changed_by as account, change, at from account_changes
        where account = ${account} and at > ${since.toISOString()}
        union
        select c.changed_by, r.change, r.at from account_changes c
        join reaching r on c.account = r.account
        where c.at > ${since.toISOString()}
      )
      select distinct on (account) account::text, change::text, to_json(at) #>> '{}' as at
      from reaching order by account, reaching.at desc`),
  )

const toLinks = ({ rows }: { rows: LinkRow[] }): Map<string, AccountLink> =>
  new Map(rows.map(({ account, at, change }) => [account, { change, at: new Date(at) }]))

const loadMade = async (db: Database, { approver, withdrawals }: Ask): Promise<Set<string>> => {
  const members = JSON.stringify(withdrawals.map(({ member }) => member))
  const { rows } = await db.execute<{ account: string }>(sql`
    select distinct account::text from account_changes
    where changed_by = ${approver} and change::text in ('created', 'password', 'email')
      and account::text in (select jsonb_array_elements_text(${members}::jsonb))`)
  return new Set(rows.map(({ account }) => account))
}

type ApprovalRow = { withdrawal: string; by: string; round: number; at: string }

const loadApprovals = async (db: Database, { withdrawals }: Ask): Promise<ApprovalRow[]> => {
  const ids = JSON.stringify(withdrawals.map(({ id }) => id))
  const { rows } = await db.execute<ApprovalRow>(sql`
    select withdrawal_id::text as withdrawal, by_id::text as by, round::int,
      to_json(at) #>> '{}' as at
    from withdrawal_approvals
    where withdrawal_id = any (array(select jsonb_array_elements_text(${ids}::jsonb)::uuid))`)
  return rows
}

const groupApprovals = (
  rows: readonly ApprovalRow[],
  changedByApprover: ReadonlyMap<string, AccountLink>,
  changedApprover: ReadonlyMap<string, AccountLink>,
): Map<string, GivenApproval[]> => {
  const groups = new Map<string, GivenApproval[]>()
  for (const { at, by, round, withdrawal } of rows) {
    const group = groups.get(withdrawal) ?? []
    group.push({
      by,
      round,
      at: new Date(at),
      changedApprover: changedApprover.get(by) ?? null,
      changedByApprover: changedByApprover.get(by) ?? null,
    })
    groups.set(withdrawal, group)
  }
  return groups
}

type HoldRow = { withdrawal: string; setBy: string | null; liftedBy: string | null }

/** The latest hold of each withdrawal that had one. */
const loadHolds = async (db: Database, { withdrawals }: Ask) => {
  const ids = JSON.stringify(withdrawals.map(({ id }) => id))
  const { rows } = await db.execute<HoldRow>(sql`
    select w.id::text as withdrawal, w.held_by_id::text as "setBy",
      w.hold_lifted_by_id::text as "liftedBy"
    from withdrawals w
    where w.round > 1
      and w.id = any (array(select jsonb_array_elements_text(${ids}::jsonb)::uuid))`)
  return new Map(rows.map(({ withdrawal, ...hold }) => [withdrawal, hold]))
}
