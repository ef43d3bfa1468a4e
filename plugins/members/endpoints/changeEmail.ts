import type { Endpoint } from 'payload'
import { z } from 'zod'

import { requireCurrentPassword } from '../../../hooks/members/guardCredentials.ts'
import { maskEmail } from '../../../src/domain/members/identity.ts'
import { type ConfirmLink, startEmailChange } from '../../../src/members/emailChanges.ts'
import type { User } from '../../../src/payload-types.ts'
import { now } from '../../../src/platform/clock.ts'
import { readBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'
import { limitSending } from './limitLinks.ts'

type Options = { confirmLink: ConfirmLink; rateLimitFactor: number | null }

const Body = z.object({
  email: z.email('Enter an e-mail address, such as asha@example.in.').max(254),
  currentPassword: z.string().max(1_000).optional(),
})

/**
 * `POST /api/users/change-email` `{email, currentPassword}`: sends a link to the new address. The
 * account keeps the present one until the link is opened. Returns the masked address and until when
 * the link works; the same for an address that another account has.
 */
export const changeEmail = ({ confirmLink, rateLimitFactor }: Options): Endpoint => ({
  path: '/change-email',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    const { currentPassword, email } = await readBody(req, Body)
    await requireCurrentPassword(req, userId, currentPassword)
    await limitSending(req, { userId, factor: rateLimitFactor })
    const user = req.user as User
    const expiresAt = await startEmailChange(req, { user, email, link: confirmLink, now: now() })
    return Response.json({ sentTo: maskEmail(email), expiresAt })
  },
})
