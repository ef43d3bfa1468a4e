import type { ReactNode } from 'react'

import { Sign, type SignName } from './Sign.tsx'

const SIGN_OF = { good: 'check', waiting: 'clock', bad: 'warning' } as const satisfies Record<
  string,
  SignName
>

/** The answer, before any evidence: what happened, one sentence of why, and the amount. */
export const Verdict = ({
  amount,
  children,
  title,
  tone,
}: {
  /** At the right: what stands, or the state that says why nothing does. */
  amount: ReactNode
  children: ReactNode
  title: string
  tone: keyof typeof SIGN_OF
}) => (
  <section aria-label="Decision" className={`t-verdict t-verdict--${tone}`}>
    <Sign name={SIGN_OF[tone]} size={32} />
    <div>
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
    <div className="t-verdict__amount">{amount}</div>
  </section>
)
