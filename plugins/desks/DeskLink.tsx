'use client'
import { usePathname } from 'next/navigation'

import { AdminLink } from '../../src/admin/AdminLink.tsx'

/** In the look of Payload's own links of the navigation. */
export const DeskLink = ({ href, label }: { href: string; label: string }) => {
  const isHere = usePathname() === href
  return (
    <AdminLink className="nav__link" current={isHere} href={href}>
      {isHere && <div className="nav__link-indicator" />}
      <span className="nav__link-label">{label}</span>
    </AdminLink>
  )
}
