import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { countOf } from '../../../src/admin/format/counts.ts'
import { Sign } from '../../../src/admin/status/Sign.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import type { Coming, WalletCard } from './loadWallets.ts'

type Props = {
  coming: Coming[]
  /** The path of the member's statement. */
  path: string
  selected: WalletCard
  times: Times
  wallets: WalletCard[]
}

/** A member's wallets. The selected one is outlined; amounts outside the ledger are dashed. */
export const WalletCards = ({ coming, path, selected, times, wallets }: Props) => (
  <div className="t-wallets">
    {wallets.map((wallet) => {
      const { balanceMinor, currency, kind } = wallet
      const isSelected = wallet === selected
      return (
        <AdminLink
          className={`t-panel t-wallet${isSelected ? ' t-wallet--selected' : ''}`}
          current={isSelected}
          href={`${path}?currency=${currency}&kind=${kind}`}
          key={`${currency}-${kind}`}
        >
          <span className="t-kpi__label">
            {currency} {kind}
            {isSelected && <Sign name="check" />}
          </span>
          <span className="t-kpi__value">{formatMoney(balanceMinor, currency)}</span>
          <span className="t-sub">{describeState(wallet, times)}</span>
        </AdminLink>
      )
    })}
    {coming.map(({ amountMinor, commissions, currency, nextAt }) => (
      <div className="t-panel t-wallet t-wallet--outside" key={currency}>
        <span className="t-kpi__label">{currency} to come</span>
        <span className="t-kpi__value">{formatMoney(amountMinor, currency)}</span>
        <span className="t-sub">
          {countOf(commissions, 'commission')} held, not in the ledger yet
          {nextAt && `, next ${times.dayOfMonth(nextAt)}`}
        </span>
      </div>
    ))}
  </div>
)

const describeState = (wallet: WalletCard, times: Times): string => {
  const { balanceMinor, frozenReason, kind, lastPostedAt, version } = wallet
  if (frozenReason) return `Frozen for withdrawals: ${frozenReason}`
  if (!lastPostedAt) return 'Nothing has been posted yet'
  if (balanceMinor < 0) return 'Below zero: later credits reduce it'
  if (kind === 'held') return 'Reserved for open withdrawals'
  return `${countOf(version, 'transfer')}, last ${times.day(lastPostedAt)}`
}
