'use client'
import { usePathname } from 'next/navigation'

import { AdminLink } from '../../src/admin/layout/AdminLink.tsx'

/** What waits at a desk, in a word or two; `isBad` where somebody must act. */
export type Badge = { text: string; isBad: boolean }

/** In the look of Payload's own links of the navigation. */
export const AdminViewLink = ({
  badge,
  href,
  label,
}: {
  badge: Badge | null
  href: string
  label: string
}) => {
  const isHere = usePathname() === href
  return (
    <AdminLink className="nav__link t-navlink" current={isHere} href={href}>
      {isHere && <div className="nav__link-indicator" />}
      <span className="nav__link-label">{label}</span>
      {badge && (
        <span className={badge.isBad ? 't-count t-count--bad' : 't-count'}>{badge.text}</span>
      )}
    </AdminLink>
  )
}
