import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { DomainError } from '../../../../src/domain/errors.ts'
import type { SyncRequestInput } from '../../../../src/cashback/ingestion/sync/requestStore.ts'
import { parseWindow } from '../../../../src/cashback/ingestion/sync/parseWindow.ts'
import { readJsonBody } from '../../../http/readBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'

const FIELDS = ['from', 'to', 'mode', 'note'] as const
const Body = z.object({
  from: z.string('Give an instant as text.').optional(),
  to: z.string('Give an instant as text.').optional(),
  mode: z.enum(['fetch', 'replay'], 'Give fetch or replay.').default('fetch'),
  note: z.string('Give a text.').trim().max(200, 'Give 200 characters at most.').optional(),
})

/**
 * Reads a sync request of finance or an admin.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`, `sync.bad-request`, `sync.bad-window`
 */
export const readSyncRequest = async (
  req: PayloadRequest,
  now: Date,
): Promise<{ requestedBy: string; wanted: SyncRequestInput }> => {
  const requestedBy = requireFinance(req)
  const read = Body.safeParse(await readJsonBody(req, FIELDS))
  if (!read.success) {
    const [issue] = read.error.issues
    const field = String(issue?.path[0] ?? '')
    throw new DomainError('sync.bad-request', issue?.message ?? '', { field })
  }
  const { from, mode, note, to } = read.data
  return {
    requestedBy,
    wanted: { mode, note: note || null, window: parseWindow({ from, to, now }) },
  }
}
