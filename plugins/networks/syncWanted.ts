import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { isFinance } from '../../collections/access.ts'
import { DomainError } from '../../src/domain/errors.ts'
import type { Wanted } from '../../src/sync/requestSync.ts'
import { windowIn } from '../../src/sync/windowIn.ts'
import { bodyOf } from '../bodyOf.ts'
import { requireMember } from '../requireMember.ts'

const FIELDS = ['from', 'to', 'mode', 'note'] as const
const Body = z.object({
  from: z.string('Give an instant as text.').optional(),
  to: z.string('Give an instant as text.').optional(),
  mode: z.enum(['ask', 'replay'], 'Give ask or replay.').default('ask'),
  note: z.string('Give a text.').trim().max(200, 'Give 200 characters at most.').optional(),
})

/**
 * Who asks for a sync, and for what; of finance, or an admin.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`, `sync.bad-request`, `sync.bad-window`
 */
export const syncWanted = async (
  req: PayloadRequest,
  now: Date,
): Promise<{ askedBy: string; wanted: Wanted }> => {
  const askedBy = requireMember(req)
  if (!isFinance(req)) throw new DomainError('auth.forbidden', 'Ask finance to do this.')
  const read = Body.safeParse(await bodyOf(req, FIELDS))
  const [issue] = read.error?.issues ?? []
  if (!read.success) {
    const field = String(issue?.path[0] ?? '')
    throw new DomainError('sync.bad-request', issue?.message ?? '', { field })
  }
  const { from, mode, note, to } = read.data
  return { askedBy, wanted: { mode, note: note || null, window: windowIn({ from, to, now }) } }
}
