import type { ReactNode } from 'react'

/** In place of a part that has nothing to show yet: says what will be here, and when. */
export const Blank = ({ children, title }: { children: ReactNode; title: string }) => (
  <div className="t-blank">
    <h2 className="t-h4">{title}</h2>
    <p>{children}</p>
  </div>
)
