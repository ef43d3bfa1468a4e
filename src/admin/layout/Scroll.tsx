import type { ReactNode } from 'react'

/** A wide table scrolls in its own box, by keyboard too; the page never does. */
export const Scroll = ({ children, label }: { children: ReactNode; label: string }) => (
  <div aria-label={label} className="t-scroll" role="region" tabIndex={0}>
    {children}
  </div>
)
