/** GSM 03.38: what a phone's own alphabet holds, and what costs two of its places. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const GSM_EXTENDED = '^{}\\[~]|€'

/**
 * What an SMS costs: 160 places of GSM alone, 153 each when joined; one sign outside of it makes
 * the whole of it UCS-2, with 70 and 67.
 */
export const segmentsOf = (text: string): { encoding: 'GSM-7' | 'UCS-2'; segments: number } => {
  const signs = Array.from(text)
  const isGsm = signs.every((sign) => GSM.includes(sign) || GSM_EXTENDED.includes(sign))
  const places = isGsm
    ? signs.reduce((sum, sign) => sum + (GSM_EXTENDED.includes(sign) ? 2 : 1), 0)
    : text.length
  const [alone, joined] = isGsm ? [160, 153] : [70, 67]
  return {
    encoding: isGsm ? 'GSM-7' : 'UCS-2',
    segments: places <= alone ? 1 : Math.ceil(places / joined),
  }
}
