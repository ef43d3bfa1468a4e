import fc from 'fast-check'

import { csv } from '../networks/csv.ts'
import { csvMapping } from '../networks/csv/csvMapping.ts'
import { listCsvErrors } from '../networks/csv/readCsv.ts'
import type { TransactionPage } from '../networks/types.ts'
import { readPayout } from './readPayout.ts'
import { readTransactionFile } from './readTransactionFile.ts'

type Sign = '.' | ','
type Order = 'dmy' | 'mdy'
const otherSign = (sign: Sign): Sign => (sign === '.' ? ',' : '.')
const otherOrder = (order: Order): Order => (order === 'dmy' ? 'mdy' : 'dmy')

/** An amount as people write it: thousandths, so that it may have three decimals. */
type Amount = { thousandths: number; isNegative: boolean; mark: string; beside: string }
const amounts: fc.Arbitrary<Amount> = fc.record({
  thousandths: fc.oneof(
    fc.integer({ min: 0, max: 99_999_999 }).map((cents) => cents * 10),
    fc.integer({ min: 0, max: 99_999 }).map((whole) => whole * 1_000),
    fc.integer({ min: 1_000, max: 999_999 }),
  ),
  isNegative: fc.boolean(),
  mark: fc.constantFrom('', 'other', ' ', '\u00a0', '\u202f', "'", 'lakh'),
  beside: fc.constantFrom('', 'before', 'after'),
})

const toMinor = ({ isNegative, thousandths }: Amount): number => {
  const minor = Math.floor(thousandths / 10) + (thousandths % 10 >= 5 ? 1 : 0)
  return isNegative && minor !== 0 ? -minor : minor
}

const writeAmount = (amount: Amount, sign: Sign): string => {
  const { beside, isNegative, mark, thousandths } = amount
  const whole = String(Math.floor(thousandths / 1_000))
  const rest = thousandths % 1_000
  const digits = String(rest).padStart(3, '0')
  const fraction = rest === 0 ? '' : sign + (rest % 10 === 0 ? digits.slice(0, 2) : digits)
  const isLakh = mark === 'lakh' && sign === '.'
  const groups = isLakh ? /(\d)(?=(\d\d)*\d{3}$)/g : /(\d)(?=(\d{3})+$)/g
  const by = mark === 'other' || mark === 'lakh' ? otherSign(sign) : mark
  const number = whole.replace(groups, `$1${by}`) + fraction
  const named = beside === 'before' ? `EUR ${number}` : beside === 'after' ? `${number} €` : number
  return isNegative ? `-${named}` : named
}

/** True for what is also a number in the other convention, so that only the file can tell. */
const isTwofold = (text: string): boolean =>
  /(^|[^\d.,])[1-9]\d{0,2}[.,]\d{3}($|[^\d.,])/.test(text)

const lines = fc.array(
  fc.record({
    amount: amounts,
    day: fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2030-12-31'),
      noInvalidDate: true,
    }),
    isOtherSign: fc.boolean(),
    isOtherOrder: fc.boolean(),
    clock: fc.constantFrom('', ' 9:05', ' 09:05:00', ' 9:05 AM', ' 9:05:00 a.m.'),
  }),
  { minLength: 2, maxLength: 8 },
)
const settings = fc.record({
  sign: fc.constantFrom<Sign>('.', ','),
  order: fc.constantFrom<Order>('dmy', 'mdy'),
  encoding: fc.constantFrom('utf8', 'utf8-mark', 'utf16le', 'utf16be', 'windows-1252'),
})

const writeDay = (day: Date, order: Order): string => {
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-')
  return [...(order === 'dmy' ? [date, month] : [month, date]), year].join('/')
}

const encode = (text: string, encoding: string): Uint8Array => {
  if (encoding === 'utf8') return Buffer.from(text)
  if (encoding === 'utf8-mark') return Buffer.from(`\ufeff${text}`)
  if (encoding === 'windows-1252')
    return Buffer.from(text.replaceAll('€', '\u0080').replaceAll('\u202f', '\u00a0'), 'latin1')
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  return encoding === 'utf16le' ? little : little.swap16()
}

const mappingOf = ({ order, sign }: { sign: Sign; order: Order }) =>
  csvMapping.parse({
    columns: { externalId: 'Id', status: 'State', commission: 'Commission', eventAt: 'Sold' },
    statuses: { ok: 'approved' },
    currency: 'EUR',
    delimiter: ';',
    decimalSign: sign,
    dateOrder: order,
  })

it('a file of any mixture of conventions gives the one right value of a cell or a refusal', () => {
  const tally = { read: 0, refused: 0 }
  fc.assert(
    fc.property(lines, settings, (given, { order, sign }) => {
      const written = given.map((line) => {
        const dateOrder = line.isOtherOrder ? otherOrder(order) : order
        return {
          amount: writeAmount(line.amount, line.isOtherSign ? otherSign(sign) : sign),
          sold: writeDay(line.day, dateOrder) + line.clock,
        }
      })
      const rows = written.map(({ amount, sold }, at) => `T${at};ok;${amount};${sold}`)
      // What only the rest of the file can tell apart needs a line that tells.
      if (given.some(({ isOtherSign }, at) => isOtherSign && isTwofold(written[at]?.amount ?? '')))
        rows.push(`E1;ok;7${otherSign(sign)}50;2026-01-05`)
      if (given.some(({ isOtherOrder }) => isOtherOrder))
        rows.push(`E2;ok;7;${writeDay(new Date('2026-11-27'), otherOrder(order))}`)
      const mapping = mappingOf({ sign, order })
      const page = csv({ mapping }).readPage(['Id;State;Commission;Sold', ...rows].join('\n'))
      const refused = new Set(listCsvErrors(page).map(({ line }) => line))
      const read = new Map(page.rows.map((row) => [row.externalId, row]))
      for (const [at, line] of given.entries()) {
        const row = read.get(`T${at}`)
        if (row === undefined) {
          if (!refused.has(at + 2)) expect.fail(`${rows.join('\n')}: line ${at + 2} was dropped`)
          tally.refused += 1
          continue
        }
        tally.read += 1
        const day = line.day.toISOString().slice(0, 10)
        const time = line.clock === '' ? '00:00' : '09:05'
        const right = `${toMinor(line.amount)} ${day}T${time}:00.000Z`
        const found = `${row.commissionMinor} ${row.eventAt}`
        if (found !== right) expect([rows, found]).toEqual([rows, right])
      }
    }),
    { numRuns: 3_000 },
  )
  expect(tally.read + tally.refused).toBeGreaterThan(10_000)
  expect(Math.min(tally.read, tally.refused)).toBeGreaterThan(2_000)
})

it('a file of one convention in any encoding is read, each cell as its one right value', async () => {
  await fc.assert(
    fc.asyncProperty(lines, settings, async (given, { encoding, order, sign }) => {
      const rows = given.map(
        (line, at) =>
          `T${at};ok;${writeAmount({ ...line.amount, thousandths: Math.floor(line.amount.thousandths / 10) * 10 }, sign)};${writeDay(line.day, order)}`,
      )
      const mapping = mappingOf({ sign, order })
      const bytes = encode(['Id;State;Commission;Sold', ...rows].join('\n'), encoding)
      const pages: TransactionPage[] = []
      const { errors } = await readTransactionFile(bytes, mapping, (page) => {
        pages.push(page)
      })
      expect([rows, errors]).toEqual([rows, []])
      expect(
        pages.flatMap((page) => page.rows.map(({ commissionMinor }) => commissionMinor)),
      ).toEqual(
        given.map(({ amount }) =>
          toMinor({ ...amount, thousandths: Math.floor(amount.thousandths / 10) * 10 }),
        ),
      )
    }),
    { numRuns: 300 },
  )
})

it('a statement of any mixture of conventions gives the one right amount of a line or a refusal', async () => {
  const tally = { read: 0, refused: 0 }
  const sets = fc.constantFrom<Sign | undefined>('.', ',', undefined)
  await fc.assert(
    fc.asyncProperty(lines, settings, sets, async (given, { encoding, sign }, decimalSign) => {
      const exact = given.map(({ amount, isOtherSign }) => ({
        amount: { ...amount, thousandths: Math.floor(amount.thousandths / 10) * 10 },
        sign: isOtherSign ? otherSign(sign) : sign,
      }))
      const rows = exact.map((line, at) => `T${at};${writeAmount(line.amount, line.sign)}`)
      const { errors, lines: read } = await readPayout(
        encode(['transaction_id;payout', ...rows].join('\r\n'), encoding),
        { currency: 'EUR', paidAt: '2026-03-01', mapping: { delimiter: ';', decimalSign } },
      )
      const refused = new Set(errors.map((error) => error.line))
      for (const [at, line] of exact.entries()) {
        const found = read.find(({ externalId }) => externalId === `T${at}`)
        if (found === undefined) {
          if (!refused.has(at + 2)) expect.fail(`${rows.join('\n')}: line ${at + 2} was dropped`)
          tally.refused += 1
          continue
        }
        tally.read += 1
        const right = toMinor(line.amount)
        if (found.amountMinor !== right)
          expect([rows, found.externalId, found.amountMinor]).toEqual([rows, `T${at}`, right])
      }
    }),
    { numRuns: 3_000 },
  )
  expect(tally.read + tally.refused).toBeGreaterThan(10_000)
  expect(Math.min(tally.read, tally.refused)).toBeGreaterThan(2_000)
})
