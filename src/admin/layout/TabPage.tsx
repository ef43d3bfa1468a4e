import type { ReactNode } from 'react'

/** The body of an own tab of a document, under Payload's header. */
export const TabPage = ({ children }: { children: ReactNode }) => (
  <div className="t-page">{children}</div>
)
