'use client'
import { usePathname } from 'next/navigation'

import { AdminLink } from '../../src/admin/layout/AdminLink.tsx'

/** The badge of an admin view: a short text; `isBad` when action is needed. */
export type Badge = { text: string; isBad: boolean }

/** A link in the style of Payload's navigation. */
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
