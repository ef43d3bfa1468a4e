/**
 * The default alphabet of 3GPP TS 23.038 §6.2.1. It contains neither ₹ nor curly quotes, long
 * dashes and the no-break space.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)

/** The extension table (§6.2.1.1): each character is sent as an escape and a septet. */
const EXTENDED = new Set('\f^{}\\[~]|€')

/** Units of a single message, and of one part of several, with a 6-octet header (TS 23.040). */
const LIMITS = { gsm: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } }

export type SmsSegments = {
  alphabet: 'gsm' | 'ucs2'
  /** Septets, or UTF-16 code units. */
  units: number
  segments: number
}

/**
 * Counts the messages that a text is billed as. One character outside the GSM alphabet turns the
 * whole text into UCS-2, with less than half the capacity. A character is never split between two
 * parts.
 *
 * @example countSegments('€').units // 2
 */
export const countSegments = (text: string): SmsSegments => {
  const characters = Array.from(text)
  const isGsm = characters.every((sign) => BASIC.has(sign) || EXTENDED.has(sign))
  const sizes = characters.map((sign) => (isGsm ? (EXTENDED.has(sign) ? 2 : 1) : sign.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const alphabet = isGsm ? 'gsm' : 'ucs2'
  const { alone, part } = LIMITS[alphabet]
  return { alphabet, units, segments: units <= alone ? 1 : countParts(sizes, part) }
}

const countParts = (sizes: number[], room: number): number => {
  let parts = 1
  let used = 0
  for (const size of sizes) {
    const fits = used + size <= room
    used = fits ? used + size : size
    if (!fits) parts += 1
  }
  return parts
}
