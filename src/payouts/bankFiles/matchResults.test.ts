import fc from 'fast-check'

import {
  type KnownAttempt,
  MATCH_OUTCOMES,
  type MatchInput,
  type MatchOutcome,
  matchResults,
} from './matchResults.ts'
import type { ResultLine, ResultStatus } from './resultLine.ts'

const attempt = (change: Partial<KnownAttempt> = {}): KnownAttempt => ({
  key: 'K1',
  batch: 'B1',
  amountMinor: 100,
  currency: 'INR',
  accountFingerprint: 'hash of 00011234',
  accountLast4: '1234',
  ifsc: 'HDFC0000123',
  status: 'pending',
  ...change,
})
const line = (change: Partial<ResultLine> = {}): ResultLine => ({
  line: 2,
  key: 'K1',
  bankReference: 'UTR1',
  account: '00011234',
  accountLast4: '1234',
  ifsc: 'HDFC0000123',
  amountMinor: 100,
  status: 'settled',
  word: 'Paid',
  reason: null,
  date: null,
  isContradictory: false,
  ...change,
})
const match = (
  lines: ResultLine[],
  attempts: KnownAttempt[] = [attempt()],
  change: Partial<MatchInput> = {},
) =>
  matchResults({
    lines,
    attempts,
    batch: 'B1',
    currency: 'INR',
    fingerprint: (account) => `hash of ${account}`,
    ...change,
  })
const outcomesOf = (...given: Parameters<typeof match>) =>
  match(...given).lines.map(({ outcome }) => outcome)

describe('a line with our key', () => {
  it('applies its status to the attempt, and is counted', () => {
    const { counts, lines } = match([line(), line({ key: 'K9' })])
    expect(lines[0]).toEqual({ line: line(), outcome: 'apply', attempt: attempt() })
    expect(counts).toMatchObject({ apply: 1, unknown: 1, unchanged: 0 })
    expect(Object.keys(counts)).toEqual(MATCH_OUTCOMES)
  })

  it.each<[string, Partial<ResultLine>, Partial<KnownAttempt>, MatchOutcome]>([
    ['an unknown key', { key: 'K9' }, {}, 'unknown'],
    ['another amount', { amountMinor: 101 }, {}, 'changed-amount'],
    ['another currency', {}, { currency: 'EUR' }, 'changed-amount'],
    ['no amount in the file', { amountMinor: null }, {}, 'apply'],
    ['another account', { accountLast4: '1235' }, {}, 'changed-account'],
    ['a hidden account', { account: '****', accountLast4: null }, {}, 'apply'],
    ['the zeros gone from its account', { account: '11234' }, {}, 'apply'],
    ['an attempt of another batch', {}, { batch: 'B2' }, 'other-batch'],
    ['a contradiction that the reader found', { isContradictory: true }, {}, 'contradictory'],
  ])('with %s is decided', (_, ofLine, ofAttempt, outcome) => {
    expect(outcomesOf([line(ofLine)], [attempt(ofAttempt)])).toEqual([outcome])
  })

  it('applies to an attempt of any batch, in a file about several', () => {
    const attempts = [attempt(), attempt({ key: 'K2', batch: 'B2' })]
    const lines = [line(), line({ key: 'K2' })]
    expect(outcomesOf(lines, attempts, { batch: null })).toEqual(['apply', 'apply'])
  })

  it('applies once if the file repeats it', () => {
    expect(outcomesOf([line(), line()])).toEqual(['apply', 'unchanged'])
  })

  it.each<[string, Partial<ResultLine>]>([
    ['status', { status: 'failed' }],
    ['reference', { bankReference: 'UTR2' }],
    ['amount', { amountMinor: 101 }],
  ])('is contradictory with another line of its attempt in %s', (_, change) => {
    expect(outcomesOf([line(), line(change)])).toEqual(['contradictory', 'contradictory'])
  })
})

describe('the status of a line', () => {
  it.each<[ResultStatus, ResultStatus, MatchOutcome]>([
    ['pending', 'pending', 'unchanged'],
    ['pending', 'unknown', 'apply'],
    ['pending', 'settled', 'apply'],
    ['pending', 'failed', 'apply'],
    ['pending', 'returned', 'apply'],
    ['unknown', 'pending', 'unchanged'],
    ['unknown', 'unknown', 'unchanged'],
    ['unknown', 'settled', 'apply'],
    ['unknown', 'failed', 'apply'],
    ['unknown', 'returned', 'apply'],
    ['settled', 'pending', 'unchanged'],
    ['settled', 'unknown', 'conflict'],
    ['settled', 'settled', 'unchanged'],
    ['settled', 'failed', 'conflict'],
    ['settled', 'returned', 'apply'],
    ['failed', 'pending', 'unchanged'],
    ['failed', 'unknown', 'conflict'],
    ['failed', 'settled', 'conflict'],
    ['failed', 'failed', 'unchanged'],
    ['failed', 'returned', 'unchanged'],
    ['returned', 'pending', 'unchanged'],
    ['returned', 'unknown', 'conflict'],
    ['returned', 'settled', 'unchanged'],
    ['returned', 'failed', 'unchanged'],
    ['returned', 'returned', 'unchanged'],
  ])('of an attempt that is %s, %s: %s', (known, status, outcome) => {
    expect(outcomesOf([line({ status })], [attempt({ status: known })])).toEqual([outcome])
  })
})

describe('a line without our key', () => {
  const keyless = line({ key: null })

  it('applies to the one attempt with its account and amount', () => {
    const others = [
      attempt({ key: 'K2', amountMinor: 200 }),
      attempt({ key: 'K3', accountFingerprint: 'x' }),
    ]
    expect(match([keyless], [attempt(), ...others]).lines).toMatchObject([
      { outcome: 'apply', attempt: { key: 'K1' } },
    ])
  })

  it.each<[string, ResultLine[], KnownAttempt[], MatchOutcome[]]>([
    ['no attempt fits', [line({ key: null, amountMinor: 101 })], [attempt()], ['unknown']],
    ['it has no account', [line({ key: null, account: null })], [attempt()], ['unknown']],
    ['it has no amount', [line({ key: null, amountMinor: null })], [attempt()], ['unknown']],
    ['its account is hidden', [line({ key: null, account: '****1234' })], [attempt()], ['unknown']],
    ['its IFSC is another', [line({ key: null, ifsc: 'ICIC0000123' })], [attempt()], ['unknown']],
    ['the attempt is of another batch', [keyless], [attempt({ batch: 'B2' })], ['unknown']],
    ['two attempts fit', [keyless], [attempt(), attempt({ key: 'K2' })], ['ambiguous']],
    [
      'two attempts fit, one of them final',
      [keyless],
      [attempt(), attempt({ key: 'K2', status: 'settled' })],
      ['ambiguous'],
    ],
    ['two lines fit', [keyless, keyless], [attempt()], ['ambiguous', 'ambiguous']],
    ['another line has the key', [keyless, line()], [attempt()], ['ambiguous', 'apply']],
  ])('is not applied if %s', (_, lines, attempts, outcomes) => {
    expect(outcomesOf(lines, attempts)).toEqual(outcomes)
  })

  it('is found by its IFSC where two banks have one account number', () => {
    const attempts = [attempt(), attempt({ key: 'K2', ifsc: 'ICIC0000123' })]
    expect(match([keyless], attempts).lines).toMatchObject([
      { outcome: 'apply', attempt: { key: 'K1' } },
    ])
  })
})

describe('any answer of a bank', () => {
  const statuses = fc.constantFrom<ResultStatus>(
    'pending',
    'settled',
    'failed',
    'returned',
    'unknown',
  )
  const accounts = fc.constantFrom('00011234', '00021234', '00035678')
  const lines = fc.array(
    fc
      .record({
        key: fc.constantFrom('K0', 'K1', 'K2', 'K3', 'K9', null),
        account: fc.option(accounts),
        amountMinor: fc.constantFrom(100, 200, null),
        status: statuses,
        bankReference: fc.constantFrom('UTR1', 'UTR2', null),
        ifsc: fc.constantFrom('HDFC0000123', null),
        isContradictory: fc.constantFrom(false, false, false, true),
      })
      .map((given) => line({ ...given, accountLast4: given.account?.slice(-4) ?? null })),
    { maxLength: 12 },
  )
  const attempts = fc
    .array(
      fc.record({
        account: accounts,
        amountMinor: fc.constantFrom(100, 200),
        batch: fc.constantFrom('B1', 'B1', 'B2'),
        currency: fc.constantFrom('INR', 'INR', 'INR', 'EUR'),
        status: statuses,
      }),
      { maxLength: 4 },
    )
    .map((given) =>
      given.map(({ account, ...rest }, at) =>
        attempt({
          ...rest,
          key: `K${at}`,
          accountFingerprint: `hash of ${account}`,
          accountLast4: account.slice(-4),
        }),
      ),
    )
  const batches = fc.constantFrom('B1', null)

  it('changes an attempt once, in its batch, with its amount and by its key or account', () => {
    fc.assert(
      fc.property(lines, attempts, batches, (given, known, batch) => {
        const matched = match(given, known, { batch }).lines
        expect(matched.map((one) => one.line)).toEqual(given)
        const applied = matched.filter(({ outcome }) => outcome === 'apply')
        expect(new Set(applied.map((one) => one.attempt)).size).toBe(applied.length)
        for (const { attempt: found, line: from } of applied) {
          expect(found?.amountMinor).toBe(from.amountMinor ?? found?.amountMinor)
          expect(found?.currency).toBe('INR')
          expect(found?.batch).toBe(batch ?? found?.batch)
          if (from.key === null)
            expect(found?.accountFingerprint).toBe(`hash of ${from.account ?? ''}`)
          else expect(found?.key).toBe(from.key)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('changes nothing when it is imported again', () => {
    fc.assert(
      fc.property(lines, attempts, batches, (given, known, batch) => {
        const first = match(given, known, { batch }).lines
        const statusOf = new Map(
          first.flatMap(({ attempt: found, line: from, outcome }) =>
            found && outcome === 'apply' ? [[found.key, from.status] as const] : [],
          ),
        )
        const after = known.map((one) => ({ ...one, status: statusOf.get(one.key) ?? one.status }))
        const outcomes = match(given, after, { batch }).lines.map(({ outcome }) => outcome)
        expect(outcomes).toEqual(
          first.map(({ outcome }) => (outcome === 'apply' ? 'unchanged' : outcome)),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})
