import type { ReactNode } from 'react'

/** The heading of a part of a screen, with a note at its right. */
export const SectionHead = ({
  children,
  id,
  note,
}: {
  children: ReactNode
  /** The anchor for links to it. */
  id?: string
  note?: ReactNode
}) => (
  <div className="t-section" id={id}>
    <h2 className="t-h4">{children}</h2>
    {note && <p>{note}</p>}
  </div>
)
