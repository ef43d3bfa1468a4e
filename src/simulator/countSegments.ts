/** The alphabet of GSM 03.38, and the characters that take two places in it. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const GSM_EXTENDED = '^{}\\[~]|€'

/**
 * Counts the segments of an SMS: one of 160 places in GSM-7, or several of 153. One character
 * outside of the alphabet makes the whole text UCS-2, with 70 and 67.
 */
export const countSegments = (text: string): { encoding: 'GSM-7' | 'UCS-2'; segments: number } => {
  const characters = Array.from(text)
  const isGsm = characters.every(
    (character) => GSM.includes(character) || GSM_EXTENDED.includes(character),
  )
  const places = isGsm
    ? characters.reduce((sum, character) => sum + (GSM_EXTENDED.includes(character) ? 2 : 1), 0)
    : text.length
  const [single, joined] = isGsm ? [160, 153] : [70, 67]
  return {
    encoding: isGsm ? 'GSM-7' : 'UCS-2',
    segments: places <= single ? 1 : Math.ceil(places / joined),
  }
}
