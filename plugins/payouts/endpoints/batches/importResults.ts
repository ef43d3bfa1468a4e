import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { RESULT_LIMITS } from '../../../../src/payouts/bankFiles/resultLine.ts'
import {
  importResults as importFile,
  previewResults as previewFile,
  type ResultsInput,
} from '../../../../src/payouts/batches/importResults.ts'
import type { ListedLine } from '../../../../src/payouts/batches/listLines.ts'
import { now } from '../../../../src/platform/clock.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { readBytes } from '../../../http/readBytes.ts'
import { requireFinance } from '../../../http/requireRole.ts'

const profile = 'Give the name of the profile of the bank.'
const name = 'Give the name of the file, up to 200 characters.'
const Query = z.object({
  bankProfile: z.string(profile).min(1, profile).max(60, profile),
  batch: z.guid('Give the id of a batch.').optional(),
  name: z
    .string()
    .regex(/^[^\p{Cc}]{1,200}$/u, name)
    .default('results'),
})

/** Lines that an answer lists; `counts` has all of them. */
const MAX_LINES = 500

/**
 * `POST /api/payout-batches/preview-results?bankProfile&batch&name`: what the import of a bank's
 * answer, sent as the body, would change. Changes nothing. For finance and admins.
 */
export const previewResults: Endpoint = {
  path: '/preview-results',
  method: 'post',
  handler: async (req) => {
    const { lines, ...preview } = await previewFile(req, await readInput(req))
    return Response.json({ ...preview, lines: firstOf(lines) }, NO_STORE)
  },
}

/**
 * `POST /api/payout-batches/import-results?bankProfile&batch&name`: imports a bank's answer, sent as
 * the body. Answers 201 with counts and the lines that changed nothing. Not by who made the batch.
 */
export const importResults: Endpoint = {
  path: '/import-results',
  method: 'post',
  handler: async (req) => {
    const input = await readInput(req)
    const { lines, ...imported } = await importFile(req, { ...input, now: now() })
    return Response.json({ ...imported, lines: firstOf(lines) }, { ...NO_STORE, status: 201 })
  },
}

const NO_STORE = { headers: { 'Cache-Control': 'private, no-store' } }
const firstOf = (lines: ListedLine[]): ListedLine[] => lines.slice(0, MAX_LINES)

const TYPES =
  /^(text\/csv|(text|application)\/xml|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)\b/i
const MAX_MB = RESULT_LIMITS.bytes / 1024 / 1024

const readInput = async (req: PayloadRequest): Promise<ResultsInput> => {
  const by = requireFinance(req)
  const { batch, ...named } = parseQuery(req, Query)
  const bytes = await readBytes(req, {
    types: TYPES,
    typeMessage: 'Send the file as the body, as text/csv, application/xml or a workbook (.xlsx).',
    maxBytes: RESULT_LIMITS.bytes,
    sizeMessage: `A bank's answer has at most ${MAX_MB} MB. Split it.`,
  })
  return { ...named, batch: batch ?? null, bytes, by }
}
