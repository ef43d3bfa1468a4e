/**
 * Writes a text with what every bank takes: letters of A to Z, digits and single spaces. Accents go,
 * ligatures become two letters, apostrophes vanish and any other sign becomes a space. Letters of
 * other scripts have no certain form in Latin ones and are left out, so that the result may be
 * empty. It is cut to `maxLength` characters.
 *
 * @example toBankText("Zoë  O'Brien-Müller, Jr.") // 'Zoe OBrien Muller Jr'
 */
export const toBankText = (text: string, maxLength = Number.POSITIVE_INFINITY): string =>
  text
    .replaceAll(/[ßæœøłđðþıÆŒØŁĐÐÞẞ]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’‘`´\u200b-\u200d\ufeff]/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .slice(0, maxLength)
    .trimEnd()

/** Letters that do not decompose into one of A to Z and a mark. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
}
