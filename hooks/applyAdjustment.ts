import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { approvalFacts } from '../src/adjustments/approvalFacts.ts'
import { postAdjustment } from '../src/adjustments/postAdjustment.ts'
import { now } from '../src/clock.ts'
import { needsSecondPerson } from '../src/domain/secondPerson.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'
import type { Adjustment } from '../src/payload-types.ts'

/** Posts a new adjustment at once, unless a second person has to confirm it: then it stays pending. */
export const applyAdjustment: CollectionAfterChangeHook<Adjustment> = async ({
  doc,
  operation,
  req,
}) => {
  if (operation !== 'create') return doc
  if (await isForTwo(doc, req)) return doc
  const decided = await postAdjustment({
    adjustment: doc,
    at: now(),
    decidedBy: idOf(doc.requestedBy),
    req,
  })
  return { ...doc, ...decided }
}

const isForTwo = async (doc: Adjustment, req: PayloadRequest): Promise<boolean> => {
  const { currency, effect } = doc
  const member = idOf(doc.member) ?? ''
  const asked = { member, currency, effect, now: now() }
  const { earlierMinor, limits } = await approvalFacts(await transactionOf(req), asked)
  const amountMinor = doc.amountMinor ?? 0
  const isOwn = member === idOf(doc.requestedBy)
  return needsSecondPerson({ amountMinor, currency, effect, earlierMinor, isOwn }, limits)
}

const idOf = (person: Adjustment['requestedBy']): string | null =>
  typeof person === 'object' ? (person?.id ?? null) : (person ?? null)
