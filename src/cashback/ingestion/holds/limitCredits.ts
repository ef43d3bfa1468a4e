import type { Database } from '../../../database/dbIn.ts'
import { limitCredit } from '../../../domain/cashback/cashbackEvent.ts'
import { judgeCredits } from '../../../domain/cashback/judgeCredits.ts'
import { recordSeen } from '../../attribution/growthStore.ts'
import type { LoadedTransaction } from '../loadTransactions.ts'
import type { Decided, Limited } from '../types.ts'
import { loadFileImport, recordGrowths } from './holdStore.ts'
import { loadCreditLimits, loadHandSums } from './loadHandSums.ts'
import { DomainError } from '../../../domain/errors.ts'

type LimitInput = { fileImport: string | null; now: Date }

/**
 * Limits credits that people cause, in the caller's database transaction, and stores what is held.
 * An import credits nothing by itself: the growth of each order waits until the import is decided
 * (`settleFileImport`, `decideFileImport`). The growth of an assigned transaction over what people
 * have seen is within the limits, or waits. What a network reports itself is not limited.
 *
 * @throws DomainError `import.decided` the import was decided while it was read
 */
export const limitCredits = async (
  db: Database,
  decided: Decided[],
  { fileImport, now }: LimitInput,
): Promise<Limited[]> => {
  if (decided.length === 0) return []
  const limited: Limited[] = []
  if (fileImport === null) {
    // One after the other: each counts in the limits of the next.
    for (const one of decided) limited.push(await limitGrowth(db, one, now))
  } else {
    const { requestedBy, status } = await loadFileImport(db, fileImport, 'page')
    if (status !== 'held') {
      throw new DomainError('import.decided', 'This import is already decided. Import it again.')
    }
    limited.push(...decided.map((one) => holdForImport(one, requestedBy)))
  }
  await storeGrowths(db, limited, { fileImport, now })
  return limited
}

/** Holds everything above the present credit. A lower credit takes effect at once. */
const holdForImport = (one: Decided, requestedBy: string | null): Limited => {
  const { creditMinor, transaction } = one
  const presentMinor = presentCredit(transaction)
  if (creditMinor <= presentMinor) return { ...one, ceilingMinor: null, hold: null, growth: null }
  return {
    ...lower(one, presentMinor, false),
    ceilingMinor: presentMinor,
    hold: 'held',
    growth: {
      assignment: null,
      requestedBy,
      fromMinor: presentMinor,
      toMinor: creditMinor,
      status: 'held',
    },
  }
}

/** The credit that the present member has already. */
const presentCredit = ({ currency, event, member }: LoadedTransaction): number =>
  event && event.member === member && event.currency === currency ? event.creditedMinor : 0

const lower = (one: Decided, ceilingMinor: number, isRejected: boolean): Decided => {
  const { event, member } = one.transaction
  const before = event?.member === member ? event.status : null
  return { ...one, ...limitCredit(one, { before, ceilingMinor, isRejected }) }
}

/** Keeps the ceiling of an import that is not approved, then limits an assignment that grew. */
const limitGrowth = async (db: Database, wanted: Decided, now: Date): Promise<Limited> => {
  const { assignment, event, member } = wanted.transaction
  const ceilingMinor = event?.member === member ? event.creditCeilingMinor : null
  const importHold = ceilingMinor === null ? null : (event?.hold ?? null)
  const one =
    ceilingMinor === null ? wanted : lower(wanted, ceilingMinor, importHold === 'rejected')
  const kept = { ...one, ceilingMinor, hold: importHold, growth: null }
  if (assignment?.member !== member || one.creditMinor <= assignment.seenMinor) return kept

  const { id, refusedMinor, requestedBy, seenMinor } = assignment
  const limit = (isRejected: boolean) => lower(one, seenMinor, isRejected)
  if (refusedMinor !== null && one.creditMinor <= refusedMinor) {
    return { ...kept, ...limit(true), hold: 'rejected' }
  }
  const growth = {
    assignment: id,
    requestedBy,
    fromMinor: seenMinor,
    toMinor: one.creditMinor,
  }
  if (await isWithinLimits(db, one, now)) {
    await recordSeen(db, { assignment: id, seenMinor: one.creditMinor, now })
    return { ...kept, growth: { ...growth, status: 'released' } }
  }
  return { ...kept, ...limit(false), hold: 'held', growth: { ...growth, status: 'held' } }
}

/** Judges the whole credit of an assigned transaction, as if it was assigned now. */
const isWithinLimits = async (
  db: Database,
  { creditMinor: amountMinor, transaction }: Decided,
  now: Date,
): Promise<boolean> => {
  const { assignment, currency, id, member } = transaction
  const actor = assignment?.requestedBy ?? null
  const sums = await loadHandSums(db, { members: [member], actor, exceptTransaction: id, now })
  const limits = (await loadCreditLimits(db)).map((limit) => ({
    ...limit,
    perImportMinor: limit.perMemberMinor,
  }))
  const credits = [{ member, currency, amountMinor }]
  return judgeCredits({ credits, actor, limits, ...sums }).length === 0
}

const storeGrowths = async (
  db: Database,
  limited: Limited[],
  { fileImport, now }: LimitInput,
): Promise<void> => {
  const touched =
    fileImport === null
      ? limited.filter(({ transaction }) => transaction.assignment !== null)
      : limited
  if (touched.length === 0) return
  await recordGrowths(db, {
    transactions: touched.map(({ transaction }) => transaction.id),
    growths: touched.flatMap(({ growth, transaction: { currency, id, member } }) =>
      growth ? [{ ...growth, transaction: id, member, currency }] : [],
    ),
    fileImport,
    now,
  })
}
