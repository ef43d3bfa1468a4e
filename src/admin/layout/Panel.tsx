import type { ReactNode } from 'react'

/** A card with a heading, an element at the right of the heading, and content. */
export const Panel = ({
  aside,
  children,
  title,
}: {
  aside?: ReactNode
  children: ReactNode
  title: string
}) => (
  <section className="t-panel">
    <div className="t-panel__head">
      <h3 className="t-h5">{title}</h3>
      {aside}
    </div>
    {children}
  </section>
)
