import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link inside the admin panel. The only file that knows the router's link component. */
export const AdminLink = ({
  children,
  className,
  current,
  href,
}: {
  children: ReactNode
  className?: string | undefined
  /** It leads to the choice or screen that is shown. */
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
