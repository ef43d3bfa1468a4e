import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { DomainError } from '../domain/errors.ts'
import { readDb } from '../database/readDb.ts'
import { applyChange } from './applyChange.ts'
import { listDueChanges, recordChangeDecision } from './changeStore.ts'

/**
 * Applies the changes with a cool-down that has passed, each in a transaction of its own. One that
 * cannot be applied is superseded with the reason, and does not stop the others. While there is a
 * second admin they stay requested, for that admin to decide.
 */
export const applyDueChanges = async (
  payload: Payload,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<{ applied: number; superseded: number }> => {
  const counts = { applied: 0, superseded: 0 }
  for (const id of await listDueChanges(await readDb({ payload }), now)) {
    if (signal.aborted) break
    const status = await applyOne(payload, id, now)
    if (status !== 'requested') counts[status] += 1
  }
  return counts
}

const applyOne = async (
  payload: Payload,
  id: string,
  now: Date,
): Promise<'applied' | 'requested' | 'superseded'> => {
  const req = await createLocalReq({}, payload)
  try {
    const by = { authority: { kind: 'cool-down' }, now, reason: null } as const
    return await inTransaction(req, () => applyChange(req, id, by))
  } catch (error) {
    if (waitsForAdmin(error)) return 'requested'
    if (!isRefusal(error)) throw error
    const decision = {
      status: 'superseded',
      decidedBy: null,
      byOperator: false,
      reason: `It can no longer be applied: ${error.message}`.slice(0, 500),
      at: now,
    } as const
    const after = await createLocalReq({}, payload)
    await inTransaction(after, async () => recordChangeDecision(await dbIn(after), id, decision))
    return 'superseded'
  }
}

const waitsForAdmin = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'change.needs-second-admin'

/** A refusal by a rule or a validation stays; another error may pass, and the next run tries it. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && ['DomainError', 'ValidationError'].includes(error.name)
