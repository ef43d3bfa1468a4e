import type { ReactNode } from 'react'

import { Sign, type SignName } from './Sign.tsx'

const SIGN_OF = { good: 'check', waiting: 'clock', bad: 'warning' } as const satisfies Record<
  string,
  SignName
>

/** The result of a decision, one sentence with its reason, and the amount. */
export const DecisionBanner = ({
  amount,
  children,
  title,
  tone,
}: {
  /** At the right: the amount, or the status where there is none. */
  amount: ReactNode
  children: ReactNode
  title: string
  tone: keyof typeof SIGN_OF
}) => (
  <section aria-label="Decision" className={`t-decision t-decision--${tone}`}>
    <Sign name={SIGN_OF[tone]} size={32} />
    <div>
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
    <div className="t-decision__amount">{amount}</div>
  </section>
)
