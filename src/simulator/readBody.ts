import type { IncomingMessage } from 'node:http'

/** SendGrid's limit on a whole mail, and more than anybody else takes. */
const LIMIT = 30 * 1024 * 1024

/** The whole body; null where it is larger than any provider takes. */
export const readBody = (request: IncomingMessage): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= LIMIT) parts.push(part)
    })
    request.once('end', () => {
      resolve(size <= LIMIT ? Buffer.concat(parts) : null)
    })
    request.once('error', reject)
  })
