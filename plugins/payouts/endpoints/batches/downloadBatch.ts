import { Readable } from 'node:stream'

import type { Endpoint } from 'payload'

import { writeBatch } from '../../../../src/payouts/batches/writeBatch.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/payout-batches/:id/file`: the bank file of a batch, for finance and admins. It has account
 * numbers: each download is audited, and nothing stores it on its way.
 */
export const downloadBatch: Endpoint = {
  path: '/:id/file',
  method: 'get',
  handler: async (req) => {
    requireFinance(req)
    const { bytes, content, contentType, name } = await writeBatch(req, {
      id: routeId(req),
      now: now(),
    })
    return new Response(Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>, {
      headers: {
        'Cache-Control': 'private, no-store',
        'Content-Type': contentType === 'text/csv' ? 'text/csv; charset=utf-8' : contentType,
        'Content-Length': String(bytes),
        'Content-Disposition': `attachment; filename="${name}"`,
      },
    })
  },
}
