import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import { Router } from 'express'
import type { Payload } from 'payload'

import { REFERRAL_COOKIE } from '../../domain/referrals/referralCookie.ts'

const DAY_MS = 86_400_000

/**
 * `/r/:code`: a member's invite link. Redirects to the sign-up page, which sends the code along. A
 * cookie keeps the code for visitors who register later. Any code is passed on: registration checks
 * it, so that links cannot be used to probe codes.
 */
export const inviteRoute = ({
  isSecure,
  payload,
  signupUrl,
}: {
  isSecure: boolean
  payload: Payload
  signupUrl: string
}) => {
  const router = Router()
  router.get('/r/:code', async (request, response) => {
    const code = request.params.code
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .slice(0, 32)
    const days = await cookieDays(payload)
    if (days > 0 && code) {
      response.cookie(REFERRAL_COOKIE, code, {
        maxAge: days * DAY_MS,
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure,
      })
    }
    const target = new URL(signupUrl)
    target.searchParams.set('ref', code)
    response.redirect(302, target.href)
  })
  return router
}

const cookieDays = async (payload: Payload): Promise<number> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  const { rows } = await drizzle.execute<{ days: string }>(
    sql`select cookie_days as days from affiliation_config limit 1`,
  )
  return Number(rows[0]?.days ?? 0)
}
