import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link to another screen of the admin; the one file that knows whose links these are. */
export const AdminLink = ({
  children,
  className,
  current,
  href,
}: {
  children: ReactNode
  className?: string | undefined
  /** This very choice or screen is the one that is shown. */
  current?: boolean | undefined
  href: string
}) => (
  <Link
    aria-current={current ? 'true' : undefined}
    className={className}
    href={href}
    prefetch={false}
  >
    {children}
  </Link>
)
