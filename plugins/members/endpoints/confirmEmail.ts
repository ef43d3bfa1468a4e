import type { Endpoint } from 'payload'
import { z } from 'zod'

import { confirmEmail as confirm } from '../../../src/members/emailChanges.ts'
import { now } from '../../../src/platform/clock.ts'
import { readBody } from '../../http/readBody.ts'
import { limitOpening } from './limitLinks.ts'

const Body = z.object({ token: z.string('Send the token of the link.').min(1).max(200) })

/**
 * `POST /api/users/confirm-email` `{token}`: the mailbox's owner opened the link. The token is the
 * proof, so no one needs to be signed in. A page must send it on a person's click: programs that
 * check mails open links too.
 */
export const confirmEmail = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/confirm-email',
  method: 'post',
  handler: async (req) => {
    await limitOpening(req, rateLimitFactor)
    const { token } = await readBody(req, Body)
    return Response.json({ email: await confirm(req, { token, now: now() }) })
  },
})
