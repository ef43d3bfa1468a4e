import { DefaultTemplate } from '@payloadcms/next/templates'
import { SetStepNav } from '@payloadcms/ui'
import { notFound, redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import type { ReactNode } from 'react'

import { isStaff, roleOf } from '../../collections/access.ts'
import { Blank } from '../../src/admin/layout/Blank.tsx'
import type { AdminViewTarget } from './AdminViewsNav.tsx'

/**
 * The page of an admin view. It checks access itself, because Payload shows custom views to everyone:
 * its audience sees it, other staff see a hint, members get 404, and strangers are sent to sign in.
 */
export const AdminView = ({
  audience = 'admin',
  children,
  className,
  label,
  path,
  view: { initPageResult, params, searchParams },
}: {
  audience?: AdminViewTarget['audience']
  children: ReactNode
  className?: string
  label: string
  /** Below the admin's root. */
  path: string
  view: AdminViewServerProps
}) => {
  const { locale, permissions, req, visibleEntities } = initPageResult
  const { i18n, payload, user } = req
  const { admin } = payload.config.routes
  if (!user) redirect(`${admin}/login?redirect=${encodeURIComponent(`${admin}${path}`)}`)
  if (!isStaff(req)) notFound()
  return (
    <DefaultTemplate
      i18n={i18n}
      locale={locale}
      params={params}
      payload={payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={user}
      visibleEntities={visibleEntities}
    >
      <SetStepNav nav={[{ label }]} />
      <div className={className ? `t-page t-view ${className}` : 't-page t-view'}>
        {audience === 'staff' || roleOf(req) === 'admin' ? (
          children
        ) : (
          <Blank title="Ask an admin">{`${label} are for admins.`}</Blank>
        )}
      </div>
    </DefaultTemplate>
  )
}
