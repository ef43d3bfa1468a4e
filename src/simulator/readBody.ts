import type { IncomingMessage } from 'node:http'

/** SendGrid's limit on a whole mail; the other providers' limits are lower. */
const LIMIT = 30 * 1024 * 1024

/** Reads the whole body; null if it is larger than any provider accepts. */
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

/** Parses a body as a JSON object; undefined if it is none. */
export const parseJson = (body: Buffer): unknown => {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
