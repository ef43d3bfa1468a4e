import { Sign, type SignName } from '../../../src/admin/status/Sign.tsx'
import type { Assessment, RiskLevel } from '../../../src/payouts/desk/assessWithdrawal.ts'

const LOOKS: Record<RiskLevel, { sign: SignName; tone: string; word: string }> = {
  high: { sign: 'cross', tone: 'stopped', word: 'High' },
  medium: { sign: 'warning', tone: 'attention', word: 'Medium' },
  low: { sign: 'check', tone: 'done', word: 'Low' },
}

/** The risk of a withdrawal as icon, word, score and colour. */
export const RiskPill = ({ assessment: { level, score } }: { assessment: Assessment }) => {
  const { sign, tone, word } = LOOKS[level]
  return (
    <span className={`t-pill t-pill--${tone}`}>
      <Sign name={sign} size={12} />
      {word} {score}
    </span>
  )
}
