import type { Endpoint, PayloadRequest } from 'payload'

import { now } from '../../../src/clock.ts'
import { MOST_FILE_BYTES, storeFile, tooLarge } from '../../../src/claims/storeFile.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { requireMember } from '../../requireMember.ts'
import { limitClaims } from './limitClaims.ts'

/**
 * `POST /api/claim-files?name=invoice.pdf`, the file itself as body with its `Content-Type`: keeps
 * a picture or a PDF of the member, to name in a claim.
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
    const content = await contentOf(req)
    const file = await inTransaction(req, () => storeFile(req, { ...upload, content }))
    return Response.json({ file }, { status: 201 })
  },
})

/** Reads no further than a file may be long: what a sender announces is not to be believed. */
const contentOf = async (req: PayloadRequest): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  const reader = req.body?.getReader()
  for (let bytes = 0; reader;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.length
    if (bytes > MOST_FILE_BYTES) throw tooLarge()
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}
