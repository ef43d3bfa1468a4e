import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { loadApprovalFacts } from '../../src/ledger/adjustments/loadApprovalFacts.ts'
import { postAdjustment } from '../../src/ledger/adjustments/postAdjustment.ts'
import { now } from '../../src/platform/clock.ts'
import { needsSecondPerson } from '../../src/domain/wallets/needsSecondPerson.ts'
import { dbIn } from '../../src/database/dbIn.ts'
import type { Adjustment } from '../../src/payload-types.ts'

/** Posts a new adjustment at once, or leaves it pending when a second person must confirm it. */
export const applyAdjustment: CollectionAfterChangeHook<Adjustment> = async ({
  doc,
  operation,
  req,
}) => {
  if (operation !== 'create') return doc
  if (await needsApproval(doc, req)) return doc
  const decided = await postAdjustment({
    adjustment: doc,
    at: now(),
    decidedBy: idOf(doc.requestedBy),
    req,
  })
  return { ...doc, ...decided }
}

const needsApproval = async (doc: Adjustment, req: PayloadRequest): Promise<boolean> => {
  const { currency, effect } = doc
  const member = idOf(doc.member) ?? ''
  const by = idOf(doc.requestedBy)
  const request = { member, by, currency, effect, now: now() }
  const { limits, ...sums } = await loadApprovalFacts(await dbIn(req), request)
  const amountMinor = doc.amountMinor ?? 0
  const isOwn = member === by
  return needsSecondPerson({ amountMinor, currency, effect, isOwn, ...sums }, limits)
}

const idOf = (person: Adjustment['requestedBy']): string | null =>
  typeof person === 'object' ? (person?.id ?? null) : (person ?? null)
