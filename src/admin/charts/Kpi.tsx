import type { ReactNode } from 'react'

/** One figure of the dashboard: its name, its value and a comparison. */
export const Kpi = ({
  children,
  label,
  value,
}: {
  children: ReactNode
  label: string
  value: string
}) => (
  <section className="t-panel t-kpi">
    <h2 className="t-kpi__label">{label}</h2>
    <div className="t-kpi__value">{value}</div>
    <p className="t-delta">{children}</p>
  </section>
)
