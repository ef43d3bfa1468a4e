import type { ReactNode } from 'react'

/** The heading of a part of a screen, with a remark at its right. */
export const SectionHead = ({ children, note }: { children: ReactNode; note?: ReactNode }) => (
  <div className="t-section">
    <h2 className="t-h4">{children}</h2>
    {note && <p>{note}</p>}
  </div>
)
