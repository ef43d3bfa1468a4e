import { renderToStaticMarkup } from 'react-dom/server'

import { timesIn } from '../../../src/admin/format/times.ts'
import type { DeskCounts } from '../../../src/payouts/desk/countDesk.ts'
import { parseDeskQuery } from '../../../src/payouts/desk/deskQuery.ts'
import type { AssessedRow } from '../../../src/payouts/desk/listDesk.ts'
import { describeApproval, describeLookUp } from './actions/describeOutcome.ts'
import { describeItems, sumItems } from './actions/sumItems.ts'
import { describeImported } from './bankFiles/results.ts'
import { ResultPreviewTable } from './bankFiles/ResultPreviewTable.tsx'
import { DeskHead, describeCounts } from './DeskHead.tsx'
import type { DeskScreen } from './deskScreen.ts'
import { DeskTable } from './DeskTable.tsx'

// Payload's components import style sheets, which are for browsers. The parts here show none.
vi.mock('@payloadcms/ui', () => ({ Button: () => null }))

const COUNTS: DeskCounts = {
  waiting: 23,
  'on-hold': 2,
  'to-pay': 4,
  sent: 9,
  'in-doubt': 1,
  'paid-late': 0,
  waitingMinor: { INR: 8_645_000, EUR: 500 },
  old: 7,
  second: 2,
  overdue: 1,
}
const screenOf = (query: object = {}): DeskScreen => ({
  at: new Date('2026-11-30T10:00:00Z'),
  admin: '/admin',
  drivers: ['simulated'],
  // Without rights there are no buttons, which need Payload's providers.
  mayAct: false,
  query: parseDeskQuery({ ...query }),
  times: timesIn('Asia/Kolkata'),
  viewer: 'meera',
})
const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const ROW: AssessedRow = {
  id: 'w',
  reference: 'W-7K3M9Q2PXA',
  status: 'requested',
  member: 'asha',
  memberName: 'Asha <Rao>',
  memberSince: '2026-01-01T00:00:00Z',
  methodKind: 'bank-in',
  display: '•••• 4567',
  holderName: 'R Bhatt',
  nameMatch: 'mismatch',
  methodSince: '2026-01-01T00:00:00Z',
  driver: 'simulated',
  bankProfile: null,
  grossMinor: 1_500_000,
  feeMinor: 500,
  deductionMinor: 1_000,
  netMinor: 1_498_500,
  currency: 'INR',
  requestedAt: '2026-11-29T06:00:00Z',
  approvedAt: '2026-11-30T06:00:00Z',
  sentAt: '2026-11-30T07:00:00Z',
  endedAt: null,
  approvalsNeeded: 2,
  approvedBy: ['arvind'],
  isAutoApproved: false,
  isPaidLate: false,
  reason: 'looks odd',
  holdUntil: '2026-11-30T09:00:00Z',
  holdOwner: 'Meera Nair',
  nextAttemptAt: null,
  attempt: {
    key: 'pa1',
    driver: 'simulated',
    status: 'in-doubt',
    code: 'timeout',
    detail: 'No answer came',
    remedy: null,
    inDoubtSince: '2026-11-30T08:00:00Z',
    lateAt: '2026-11-30T08:00:00Z',
    lookCount: 3,
  },
  otherMembers: 2,
  settledCount: 1,
  largestSettledMinor: 0,
  isNegative: false,
  frozenReason: null,
  reviewReason: null,
  refundableMinor: 0,
  assessment: {
    score: 74,
    level: 'high',
    reasons: [],
    notes: [{ tone: 'warning', text: '2 other members have the same account' }],
    deskTime: '2026-11-29T06:00:00Z',
  },
}

describe('the head of the desk', () => {
  it.each<[Partial<DeskCounts>, string]>([
    [
      {},
      '23 wait, ₹86,450.00, €5.00. 7 are older than a day; 2 need a second person; 1 hold is overdue.',
    ],
    [{ waiting: 1, waitingMinor: { INR: 100 }, old: 0, second: 0, overdue: 0 }, '1 waits, ₹1.00.'],
    [
      { waiting: 0, waitingMinor: {}, old: 0, second: 0, overdue: 0 },
      'Nothing waits for an approval.',
    ],
  ])('%j is described as %s', (over, text) => {
    expect(describeCounts({ ...COUNTS, ...over })).toBe(text)
  })

  it('counts the tabs, marks what needs a person by a word, and keeps the filter', () => {
    const html = renderToStaticMarkup(
      <DeskHead counts={COUNTS} screen={screenOf({ currency: 'INR', tab: 'sent' })} />,
    )
    expect(textOf(html)).toContain('Waiting 23 On hold 2 need a person To pay 4 Sent 9')
    expect(textOf(html)).toContain('In doubt 1 need a person Paid late 0 Done Bank files')
    expect(html).toContain('href="/admin/withdrawals?currency=INR"')
    expect(html).toMatch(
      /aria-current="true"[^>]*href="\/admin\/withdrawals\?tab=sent&amp;currency=INR"/,
    )
  })
})

describe('a row of the desk', () => {
  it.each<[AssessedRow['status'] | 'paid-late', Parameters<typeof DeskTable>[0]['tab'], string[]]>([
    [
      'requested',
      'waiting',
      [
        'High 74',
        'Asha &lt;Rao&gt;',
        'Bank account •••• 4567 · name differs',
        'W-7K3M9Q2PXA',
        '₹15,000.00 fee ₹5.00 tax ₹10.00 pays ₹14,985.00',
        '1 d 4 h',
        '1 of 2 approved, you can be the second',
        '2 other members have the same account',
      ],
    ],
    ['on-hold', 'on-hold', ['overdue', 'looks odd', 'Owner: Meera Nair']],
    ['approved', 'to-pay', ['4 h', 'Paid in the next run']],
    [
      'in-doubt',
      'in-doubt',
      ['2 h', 'In doubt at simulated', 'No answer came (timeout)', 'Looked up 3 times'],
    ],
    ['failed', 'paid-late', ['2 h', 'reports it as paid after its money had gone back']],
    ['rejected', 'done', ['Rejected', 'looks odd']],
  ])('%s in the tab %s shows %j', (status, tab, parts) => {
    const row = { ...ROW, status: status as AssessedRow['status'] }
    const html = renderToStaticMarkup(
      <DeskTable rows={[row]} screen={screenOf({ tab })} tab={tab} />,
    )
    for (const part of parts) expect(textOf(html)).toContain(part)
  })
})

describe('what became of an action', () => {
  const items = [
    { id: 'a', reference: 'W-A' },
    { id: 'b', reference: 'W-B' },
  ]
  it('an approval lists what was approved, what waits for a second person, and each refusal', () => {
    const lines = describeApproval(
      {
        approved: ['x', 'y'],
        first: ['a', 'b'],
        refused: [{ id: 'c', reference: 'W-C', code: 'withdrawal.own', message: 'It is yours.' }],
      },
      items,
    )
    expect(lines).toEqual([
      { isBad: false, text: '2 withdrawals approved.' },
      {
        isBad: false,
        text: '2 withdrawals approved by you; a second person approves as well: W-A, W-B.',
      },
      { isBad: true, text: 'W-C: It is yours. (withdrawal.own)' },
    ])
  })

  it.each([
    ['settled', false],
    ['in-doubt', true],
    ['failed', true],
    ['something', true],
  ])('a look-up that finds %s is bad: %j', (status, isBad) => {
    expect(describeLookUp('W-A', status)).toMatchObject({ isBad })
    expect(describeLookUp('W-A', status).text).toMatch(/^W-A: /)
  })

  it('totals are by currency', () => {
    const given = [
      { currency: 'INR', grossMinor: 100 },
      { currency: 'EUR', grossMinor: 500 },
      { currency: 'INR', grossMinor: 200 },
    ]
    expect(sumItems(given)).toEqual({ INR: 300, EUR: 500 })
    expect(describeItems(given)).toBe('3 withdrawals, ₹3.00 and €5.00')
  })
})

describe('the answer of a bank', () => {
  it('shows the sums, the outcomes and the lines with their reasons', () => {
    const html = renderToStaticMarkup(
      <ResultPreviewTable
        preview={{
          counts: { apply: 1, unknown: 1, refused: 0 },
          amounts: { settled: { count: 1, minor: 59_500 }, failed: { count: 0, minor: 0 } },
          currency: 'INR',
          batches: 1,
          lines: [
            {
              line: 3,
              attempt: null,
              withdrawal: null,
              batch: null,
              amountMinor: null,
              status: 'settled',
              outcome: 'unknown',
              code: 'payout-file.unknown',
              message: 'It names no payment of ours.',
            },
          ],
        }}
      />,
    )
    const text = textOf(html)
    for (const part of [
      'Settled 1 payment ₹595.00',
      '1 line: change a payment',
      '1 line: name no payment of ours',
      '3 — Settled — Nothing. It names no payment of ours. payout-file.unknown',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('cannot be read')
  })

  it('an import counts what it changed and what not', () => {
    expect(describeImported({ counts: { apply: 2, unknown: 1, refused: 1 } })).toBe(
      '2 payments changed. 2 lines changed nothing.',
    )
    expect(describeImported({ counts: { apply: 1 } })).toBe('1 payment changed.')
  })
})
