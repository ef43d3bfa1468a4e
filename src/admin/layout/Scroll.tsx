import type { ReactNode } from 'react'

/** A wide table scrolls inside its own box, also by keyboard, so that the page does not scroll. */
export const Scroll = ({ children, label }: { children: ReactNode; label: string }) => (
  <div aria-label={label} className="t-scroll" role="region" tabIndex={0}>
    {children}
  </div>
)
