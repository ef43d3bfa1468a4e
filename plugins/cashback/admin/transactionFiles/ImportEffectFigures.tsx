import { formatCount } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { ImportEffect } from '../../../../src/cashback/reconciliation/previewImport.ts'
import { Figure } from '../fileImport/Figure.tsx'

/** What the import would do now: transactions, and money by currency. */
export const ImportEffectFigures = ({ effect, rows }: { effect: ImportEffect; rows: number }) => {
  const { cashback, changed, created, unattributed } = effect
  return (
    <section aria-label="What the import would do">
      <h4 className="t-recon__subhead">What the import would do</h4>
      <dl className="t-recon__outcome">
        <Figure name="New transactions" value={formatCount(created)} />
        <Figure name="Changed" value={formatCount(changed - created)} />
        <Figure name="Unchanged" value={formatCount(rows - changed)} />
        <Figure name="Unattributed" value={formatCount(unattributed)}>
          {unattributed > 0 && 'Without a click: no cashback'}
        </Figure>
        <Figure name="Credited to wallets" value={sumUp(cashback, 'credited')} />
        <Figure name="Taken back" value={sumUp(cashback, 'takenBack')} />
      </dl>
    </section>
  )
}

const sumUp = (cashback: ImportEffect['cashback'], side: 'credited' | 'takenBack'): string =>
  Object.entries(cashback)
    .filter(([, moved]) => moved[side] > 0)
    .map(([currency, moved]) => formatMoney(moved[side], currency))
    .join(' + ') || 'Nothing'
