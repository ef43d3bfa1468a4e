import type { DeskRow } from '../../../src/payouts/desk/loadDeskRows.ts'

const TEXTS = {
  match: 'name matches',
  partial: 'name matches in part',
  mismatch: 'name differs',
  unknown: 'name not compared',
} as const

/** Whether the name on the account is the member's. */
export const NameMatchNote = ({ row }: { row: Pick<DeskRow, 'nameMatch'> }) => (
  <span className={row.nameMatch === 'mismatch' ? 't-fail' : undefined}>
    {' · '}
    {TEXTS[row.nameMatch]}
  </span>
)
