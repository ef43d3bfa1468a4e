import type { ReactNode } from 'react'

/** The empty state of a part: explains what will appear here, and when. */
export const Blank = ({ children, title }: { children: ReactNode; title: string }) => (
  <div className="t-blank">
    <h2 className="t-h4">{title}</h2>
    <p>{children}</p>
  </div>
)
