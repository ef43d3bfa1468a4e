import type { ReactNode } from 'react'

/** The body of our own tab of a document, below Payload's header. */
export const TabPage = ({ children }: { children: ReactNode }) => (
  <div className="t-page">{children}</div>
)
