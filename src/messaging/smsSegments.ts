/**
 * The default alphabet of 3GPP TS 23.038 §6.2.1. ₹, the curly quotes and the long dashes are not in
 * it, nor is the no-break space.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)

/** Its extension table (§6.2.1.1): each is sent as an escape and a septet. */
const EXTENDED = new Set('\f^{}\\[~]|€')

/** Units of one message, and of one part of several, whose header takes 6 octets (TS 23.040). */
const LIMITS = { gsm: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } }

export type SmsSegments = {
  alphabet: 'gsm' | 'ucs2'
  /** Septets, or UTF-16 code units. */
  units: number
  segments: number
}

/**
 * How many messages a text is billed as. One character outside the GSM alphabet turns all of it
 * into UCS-2, with less than half the room. No character is cut in two at the end of a part.
 *
 * @example smsSegments('€').units // 2
 */
export const smsSegments = (text: string): SmsSegments => {
  const characters = Array.from(text)
  const isGsm = characters.every((sign) => BASIC.has(sign) || EXTENDED.has(sign))
  const sizes = characters.map((sign) => (isGsm ? (EXTENDED.has(sign) ? 2 : 1) : sign.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const alphabet = isGsm ? 'gsm' : 'ucs2'
  const { alone, part } = LIMITS[alphabet]
  return { alphabet, units, segments: units <= alone ? 1 : partsOf(sizes, part) }
}

const partsOf = (sizes: number[], room: number): number => {
  let parts = 1
  let used = 0
  for (const size of sizes) {
    const fits = used + size <= room
    used = fits ? used + size : size
    if (!fits) parts += 1
  }
  return parts
}
