import type { Endpoint, PayloadRequest } from 'payload'

import { now } from '../../../../src/platform/clock.ts'
import {
  MAX_CLAIM_FILE_BYTES,
  storeClaimFile,
  fileTooLarge,
} from '../../../../src/cashback/claims/storeClaimFile.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitClaims } from './limitClaims.ts'

/**
 * `POST /api/claim-files?name=invoice.pdf`, with the file as body and its `Content-Type`: stores a
 * picture or a PDF of the member for a claim.
 */
export const uploadClaimFile = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    await limitClaims(req, { what: 'files', member, factor: rateLimitFactor })
    const [type = ''] = (req.headers.get('content-type') ?? '').split(';')
    const name = req.searchParams.get('name') ?? ''
    const upload = { member, name, type: type.trim().toLowerCase(), now: now() }
    const content = await readContent(req)
    const file = await inTransaction(req, () => storeClaimFile(req, { ...upload, content }))
    return Response.json({ file }, { status: 201 })
  },
})

/** Stops reading at the size limit: the announced length cannot be trusted. */
const readContent = async (req: PayloadRequest): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  const reader = req.body?.getReader()
  for (let bytes = 0; reader;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.length
    if (bytes > MAX_CLAIM_FILE_BYTES) throw fileTooLarge()
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}
