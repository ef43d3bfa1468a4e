import type { ReactNode } from 'react'

/** A figure with its name above and a note or link below, within `t-recon__outcome`. */
export const Figure = ({
  children,
  name,
  value,
}: {
  children?: ReactNode
  name: string
  value: ReactNode
}) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value}
      {children && <span className="t-sub">{children}</span>}
    </dd>
  </div>
)
