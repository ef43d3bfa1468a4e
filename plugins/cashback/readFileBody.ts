import type { PayloadRequest } from 'payload'

import { readBytes } from '../http/readBytes.ts'

/**
 * Reads the file that is the body of a request, CSV or a workbook, up to 10 MB. Its content decides
 * which of the two it is.
 *
 * @throws DomainError `request.malformed-body` it is sent as something else
 * @throws DomainError `request.too-large` it is larger; the rest is not read
 */
export const readFileBody = (req: PayloadRequest): Promise<Uint8Array> =>
  readBytes(req, {
    types: FILE_TYPES,
    typeMessage: `Send the file as the body, as text/csv or ${WORKBOOK_TYPE}.`,
    maxBytes: MAX_FILE_BYTES,
    sizeMessage: 'A file has at most 10 MB. Split it by months.',
  })

/** The type of a workbook (.xlsx). */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const FILE_TYPES =
  /^(text\/csv|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)\b/i

/** The largest accepted file, in bytes: 10 MB. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
