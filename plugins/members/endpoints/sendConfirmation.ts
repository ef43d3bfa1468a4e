import type { Endpoint } from 'payload'

import { maskEmail } from '../../../src/domain/members/identity.ts'
import { type ConfirmLink, startEmailChange } from '../../../src/members/emailChanges.ts'
import type { User } from '../../../src/payload-types.ts'
import { now } from '../../../src/platform/clock.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'
import { limitSending } from './limitLinks.ts'

type Options = { confirmLink: ConfirmLink; rateLimitFactor: number | null }

/**
 * `POST /api/users/send-confirmation`: sends the link that confirms the account's present address
 * once more. It replaces an earlier link, also one for a new address.
 */
export const sendConfirmation = ({ confirmLink, rateLimitFactor }: Options): Endpoint => ({
  path: '/send-confirmation',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    await readJsonBody(req, [])
    await limitSending(req, { userId, factor: rateLimitFactor })
    const user = req.user as User
    const change = { user, email: user.email, link: confirmLink, now: now() }
    const expiresAt = await startEmailChange(req, change)
    return Response.json({ sentTo: maskEmail(user.email), expiresAt })
  },
})
