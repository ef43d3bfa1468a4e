import { createLocalReq, type Payload } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { type HoldReason, judgeCredits } from '../../../domain/cashback/judgeCredits.ts'
import { lockIngestion } from '../ingestPage.ts'
import {
  type FileImport,
  type HeldCredit,
  listHeldCredits,
  loadFileImport,
  recordHoldReasons,
  recordImportDecision,
} from './holdStore.ts'
import { loadCreditLimits, loadHandSums } from './loadHandSums.ts'
import { releaseFileImport } from './releaseFileImport.ts'

/** The outcome of an import. Amounts in minor units. */
export type SettledImport = {
  fileImport: string
  /** `applied`: credited, within the limits. `held`: it waits for a second person. */
  status: FileImport['status']
  /** The credits that it causes, by currency. */
  credits: { currency: string; amountMinor: number; orders: number }[]
  /** Why it waits; empty if it does not. */
  reasons: HoldReason[]
}

/**
 * Ends an import, in a database transaction of its own: its credits are judged together, and
 * applied if they are within the limits. Otherwise they stay held until a second person decides
 * (`decideFileImport`).
 */
export const settleFileImport = async (
  payload: Payload,
  { fileImport, now }: { fileImport: string; now: Date },
): Promise<SettledImport> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    const found = await lockForDecision(db, fileImport)
    const held = await listHeldCredits(db, { fileImport })
    const credits = sumCredits(held)
    if (found.status !== 'held') return { fileImport, status: found.status, credits, reasons: [] }
    const reasons = await judgeImport(db, { found, held, now })
    if (reasons.length > 0) {
      await recordHoldReasons(db, { id: fileImport, reasons })
      return { fileImport, status: 'held', credits, reasons }
    }
    const decision = { id: fileImport, status: 'applied', decidedBy: null, reason: null } as const
    await recordImportDecision(db, { ...decision, now })
    await releaseFileImport(req, { fileImport, held, now })
    return { fileImport, status: 'applied', credits, reasons }
  })
}

/**
 * Locks an import for its decision: its network first, as pages do, so that the two never deadlock.
 *
 * @throws DomainError `request.not-found`
 */
export const lockForDecision = async (db: Database, id: string): Promise<FileImport> => {
  const { network } = await loadFileImport(db, id, 'none')
  await lockIngestion(db, network)
  return loadFileImport(db, id, 'decision')
}

const judgeImport = async (
  db: Database,
  { found, held, now }: { found: FileImport; held: HeldCredit[]; now: Date },
): Promise<HoldReason[]> => {
  if (held.length === 0) return []
  const { requestedBy: actor } = found
  const members = [...new Set(held.map(({ member }) => member))]
  const sums = await loadHandSums(db, { members, actor, now })
  return judgeCredits({ credits: held, actor, limits: await loadCreditLimits(db), ...sums })
}

const sumCredits = (held: HeldCredit[]): SettledImport['credits'] => {
  const sums = new Map<string, SettledImport['credits'][number]>()
  for (const { amountMinor, currency } of held) {
    const sum = sums.get(currency) ?? { currency, amountMinor: 0, orders: 0 }
    sum.amountMinor += amountMinor
    sum.orders += 1
    sums.set(currency, sum)
  }
  return [...sums.values()]
}
