import type { Endpoint } from 'payload'
import { z } from 'zod'

import { requireCurrentPassword } from '../../../hooks/members/guardCredentials.ts'
import { readBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'

const Body = z.object({
  currentPassword: z.string().max(1_000).optional(),
  password: z.string('Send the new password.').max(1_000),
})

/**
 * `POST /api/users/change-password` `{currentPassword, password}`: sets a new password. The session
 * that asks goes on, all others end, and the address is notified.
 */
export const changePassword: Endpoint = {
  path: '/change-password',
  method: 'post',
  handler: async (req) => {
    const id = requireMember(req)
    const { currentPassword, password } = await readBody(req, Body)
    await requireCurrentPassword(req, id, currentPassword)
    req.context.isCredentialChecked = true
    await req.payload.update({ collection: 'users', id, data: { password }, depth: 0, req })
    return Response.json({ changed: true })
  },
}
