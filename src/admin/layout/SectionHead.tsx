import type { ReactNode } from 'react'

/** The heading of a part of a screen, with a remark at its right. */
export const SectionHead = ({
  children,
  id,
  note,
}: {
  children: ReactNode
  /** Where an address can lead to it. */
  id?: string
  note?: ReactNode
}) => (
  <div className="t-section" id={id}>
    <h2 className="t-h4">{children}</h2>
    {note && <p>{note}</p>}
  </div>
)
