import { DomainError } from '../../domain/errors.ts'
import { isPositiveMinor, toMinor } from '../../domain/money.ts'
import { decodeFile } from '../../files/csvFile.ts'
import { parseWholeXml } from '../../files/parseXml.ts'
import type { BankProfile } from './profiles.ts'
import {
  createWordReader,
  type ReadLine,
  type ReadLines,
  RESULT_LIMITS,
  toLast4,
  tooManyLines,
  toReason,
  unreadable,
} from './resultLine.ts'

/** The elements that are read, below the one of a payment or of the batch. */
type Elements = Map<string, string>

const PAYMENT = 'TxInfAndSts'
const GROUPS = ['OrgnlGrpInfAndSts', 'OrgnlPmtInfAndSts'] as const
/** Longer than any text that is read. */
const MAX_TEXT = 500

/**
 * Reads a customer payment status report, pain.002 of any version. The line of a payment is its
 * number in the file. A report without payments answers for the batch as a whole.
 * Source: ISO 20022, Payments Initiation.
 *
 * @throws DomainError `payout-file.unreadable` no such report, or XML that is damaged or has a
 *   document type
 * @throws DomainError `payout-file.too-many-lines`
 */
export const readPain002 = async (bytes: Uint8Array, profile: BankProfile): Promise<ReadLines> => {
  const { groups, payments } = await collectElements(decodeFile(bytes))
  const readWord = createWordReader(profile)
  const read: ReadLines = { lines: [], refused: [], batch: null }
  for (const [at, elements] of payments.entries()) {
    const key = readKey(elements)
    try {
      const word = elements.get('TxSts') ?? ''
      read.lines.push({ ...toLine(elements, at + 1, profile), key, word, status: readWord(word) })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code, message } = error
      read.refused.push({ line: at + 1, code, message, key })
    }
  }
  const word = groups.get('PmtInfSts') ?? groups.get('GrpSts')
  if (payments.length === 0 && word !== undefined) {
    const batchKey = groups.get('OrgnlMsgId') ?? null
    read.batch = { batchKey, word, status: readWord(word), reason: readReason(groups) }
  }
  return read
}

const collectElements = async (
  text: string,
): Promise<{ payments: Elements[]; groups: Elements }> => {
  const payments: Elements[] = []
  const groups: Elements = new Map()
  const path: string[] = []
  const toPlace = () => findPlace(path, payments, groups)
  await parseWholeXml(splitText(text), {
    toError: (problem) => unreadable(`The file cannot be read: ${problem}.`),
    onOpen: (name, { Ccy }) => {
      path.push(name)
      if (path[1] !== undefined && path[1] !== 'CstmrPmtStsRpt') throw noReport()
      if (name === PAYMENT && path.at(-2) === GROUPS[1]) payments.push(new Map())
      if (payments.length > RESULT_LIMITS.lines) throw tooManyLines()
      if (Ccy !== undefined && name === 'InstdAmt') toPlace()?.elements.set('Ccy', Ccy)
    },
    onText: (piece) => {
      const place = toPlace()
      if (!place) return
      const whole = (place.elements.get(place.name) ?? '') + piece
      place.elements.set(place.name, whole.slice(0, MAX_TEXT))
    },
    onClose: () => {
      const place = toPlace()
      path.pop()
      const whole = place?.elements.get(place.name)
      if (place && whole !== undefined) place.elements.set(place.name, whole.trim())
    },
  })
  if (groups.size === 0 && payments.length === 0) throw noReport()
  return { payments, groups }
}

const noReport = () => unreadable('The file is no payment status report (pain.002).')

/** The element at the end of a path, by its names below the payment or the batch. */
const findPlace = (
  path: string[],
  payments: Elements[],
  groups: Elements,
): { elements: Elements; name: string } | null => {
  // Document, report, group: the payments of a report are one level below.
  const group = GROUPS.some((name) => name === path[2])
  if (!group) return null
  if (path[3] !== PAYMENT) return { elements: groups, name: path.slice(3).join('/') }
  const elements = payments.at(-1)
  return elements ? { elements, name: path.slice(4).join('/') } : null
}

const CHUNK = 64 * 1024

function* splitText(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK)
}

const readKey = (elements: Elements): string | null => {
  const key = elements.get('OrgnlEndToEndId') ?? ''
  return key === '' || key === 'NOTPROVIDED' ? null : key
}

const toLine = (
  elements: Elements,
  line: number,
  profile: BankProfile,
): Omit<ReadLine, 'key' | 'status' | 'word'> => {
  const account = elements.get('OrgnlTxRef/CdtrAcct/Id/IBAN') ?? null
  if (readKey(elements) === null && account === null) {
    throw new DomainError('payout-file.no-key', 'It names neither our reference nor an account.')
  }
  return {
    line,
    bankReference: elements.get('AcctSvcrRef') ?? null,
    account,
    accountLast4: toLast4(account),
    ifsc: null,
    amountMinor: readAmount(elements, profile),
    reason: readReason(elements),
    date: readDay(elements.get('AccptncDtTm')),
  }
}

const readAmount = (elements: Elements, { currency }: BankProfile): number | null => {
  const text = elements.get('OrgnlTxRef/Amt/InstdAmt')
  if (text === undefined) return null
  if (elements.get('Ccy') !== currency) {
    throw new DomainError('payout-file.currency', `The amount is not in ${currency}.`)
  }
  const amountMinor = /^\d+(?:\.\d+)?$/.test(text) ? tryToMinor(text, currency) : null
  if (isPositiveMinor(amountMinor)) return amountMinor
  throw new DomainError('payout-file.amount', `It has no exact amount in ${currency}.`)
}

const tryToMinor = (text: string, currency: string): number | null => {
  try {
    return toMinor(text, currency)
  } catch {
    return null
  }
}

const REASONS = ['StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry', 'StsRsnInf/AddtlInf']

const readReason = (elements: Elements): string | null => {
  const parts = REASONS.flatMap((name) => elements.get(name) ?? []).filter((part) => part !== '')
  return parts.length === 0 ? null : toReason(parts.join(' '))
}

const readDay = (text: string | undefined): string | null =>
  /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null
