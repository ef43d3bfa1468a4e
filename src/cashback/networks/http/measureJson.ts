import { NetworkError } from '../NetworkError.ts'

/**
 * The limits of one response, far above the largest page that networks document (some 2 MB). A
 * worker has 320 MB for all networks that it reads at once, and a parsed value takes some 50 times
 * the bytes of `{}`.
 */
export const MAX_BYTES = 8 * 1024 * 1024
export const MAX_VALUES = 200_000
const MAX_LEVELS = 64

const CODES = { quote: 0x22, escape: 0x5c, comma: 0x2c, list: 0x5b, object: 0x7b } as const
const LIST_END = 0x5d
const OBJECT_END = 0x7d

/**
 * Creates a meter for the bytes of one JSON response, which counts them as they arrive: parsing
 * would already take the memory. Values are counted by the comma or bracket before them. The meter
 * checks no syntax.
 *
 * @throws NetworkError `network.too-large` by the meter: more than 8 MB, 200,000 values or 64 levels
 */
export const createJsonMeter = (): ((part: Uint8Array) => void) => {
  let [bytes, values, levels] = [0, 0, 0]
  let [isText, isEscaped] = [false, false]
  return (part) => {
    bytes += part.length
    if (bytes > MAX_BYTES) throw tooLarge(`${MAX_BYTES / 1024 / 1024} MB`)
    for (const byte of part) {
      if (isEscaped) isEscaped = false
      else if (byte === CODES.quote) isText = !isText
      else if (isText) isEscaped = byte === CODES.escape
      else if (byte === CODES.comma) values += 1
      else if (byte === CODES.list || byte === CODES.object) {
        values += 1
        levels += 1
        if (levels > MAX_LEVELS) throw tooLarge(`${MAX_LEVELS} levels of lists`)
      } else if (byte === LIST_END || byte === OBJECT_END) levels -= 1
    }
    if (values > MAX_VALUES) throw tooLarge(`${MAX_VALUES.toLocaleString('en')} values`)
  }
}

const tooLarge = (limit: string): NetworkError =>
  new NetworkError('network.too-large', { message: `the response has more than ${limit}` })
