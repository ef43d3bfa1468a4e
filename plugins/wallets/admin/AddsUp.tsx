import { countOf } from '../../../src/admin/format/counts.ts'
import { Sign } from '../../../src/admin/status/Sign.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import type { WalletCheck } from './checkWallet.ts'

/** Shows whether the wallet's balance equals the sum of its transfers, checked now. */
export const AddsUp = ({
  check,
  currency,
  now,
  times,
}: {
  check: WalletCheck | null
  currency: string
  now: Date
  times: Times
}) => {
  const at = `Checked now, ${times.short(now)} ${times.zone}`
  if (!check) return <Badge isGood text={`${at}. Nothing has been posted yet.`} title="Adds up." />
  const { balanceMinor, isGapless, sumMinor, transfers, verifiedAt } = check
  const isSame = balanceMinor === sumMinor
  const nightly = verifiedAt ? ` Latest run over all wallets: ${times.short(verifiedAt)}.` : ''
  if (isGapless && isSame) {
    const text = `${countOf(transfers, 'transfer')}, no gap in versions, stored balance equals their sum. ${at}.${nightly}`
    return <Badge isGood text={text} title="Adds up." />
  }
  const money = (minor: number) => formatMoney(minor, currency)
  const problems = [
    isSame ? '' : `Stored balance ${money(balanceMinor)}, sum of transfers ${money(sumMinor)}.`,
    isGapless ? '' : 'Versions are missing.',
  ]
  const text = `${problems.join(' ').trim()} ${at}. Finance can rebuild the wallet with a second person; a wrong amount is corrected by an adjustment.`
  return <Badge isGood={false} text={text} title="Does not add up." />
}

const Badge = ({ isGood, text, title }: { isGood: boolean; text: string; title: string }) => (
  <p className={`t-badge${isGood ? '' : ' t-badge--bad'}`}>
    <Sign name={isGood ? 'shield' : 'warning'} />
    <span>
      <b>{title}</b> {text}
    </span>
  </p>
)
