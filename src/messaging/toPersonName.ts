import { toOneLine } from './toOneLine.ts'

const MOST_LETTERS = 60

/** Marks that show nothing, except the joiners of Hindi: they would hide a link from a check. */
const INVISIBLE = /[\u00AD\u180E\u200B\u200E\u200F\u2060-\u2064\uFEFF]/g
const JOINERS = /[\u200C\u200D]/g
/** What programs read as a dot of a domain besides the dot (RFC 3490, section 3.1). */
const DOTS = /[\u3002\uFF0E\uFF61\u2024]/g

/** An address or a scheme, such as `https://…`, `mailto:…`, `a@b`, and any path. */
const ADDRESS = /[@\\/]|^[a-z][a-z\d+.-]*:\S|www\./i
/** A domain or an IPv4 address anywhere in a word: mail programs make links of them. */
const DOMAIN = /[\p{L}\p{N}_-]\.[\p{L}\p{N}-]*\p{L}{2}|(\d+\.){3}\d|xn--/iu
/** Titles and initials without a space before a name, such as `Dr.Asha` and `J.R.Tata`; not `x.com`. */
const TITLED = /^((\p{L}|dr|mr|mrs|ms|prof|smt|shri|sri|md|st)\.)+\p{L}[\p{L}\p{M}'’-]{3,}\.?$/iu

/**
 * Makes a typed name safe to greet with: one line, without words that mail programs or phones turn
 * into links, and at most 60 letters. Whoever registers with somebody else's address chooses a
 * name, and our message would carry it. May be empty.
 *
 * @example toPersonName('Asha www.evil.example/win') // 'Asha'
 * @example toPersonName('Dr.Asha Rao') // 'Dr. Asha Rao'
 */
export const toPersonName = (text: string): string => {
  const words = toOneLine(text.replace(INVISIBLE, '')).split(' ').flatMap(cleanWord)
  return Array.from(words.join(' ')).slice(0, MOST_LETTERS).join('').trim()
}

const cleanWord = (word: string): string[] => {
  const plain = word.normalize('NFKC').replace(DOTS, '.').replace(JOINERS, '')
  if (ADDRESS.test(plain)) return []
  if (!DOMAIN.test(plain)) return [word]
  return TITLED.test(plain) ? plain.split(/(?<=\.)/) : []
}
