import { NetworkError } from '../NetworkError.ts'

/** A page of the largest networks is below a tenth of it. */
const LARGEST_BYTES = 64 * 1024 * 1024

/** Reads a body to its end, unpacked; one that would fill the memory is a bad answer. */
export const readBody = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  const reader = response.body?.getReader()
  let bytes = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength
    if (bytes > LARGEST_BYTES) {
      await reader?.cancel()
      throw new NetworkError('network.bad-answer', { message: 'an answer too large to be read' })
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts).toString('utf8')
}
