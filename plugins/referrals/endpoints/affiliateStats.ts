import type { Endpoint } from 'payload'

import { loadAffiliateStats } from '../../../src/referrals/loadAffiliateStats.ts'
import { notFound } from '../../http/notFound.ts'
import { requireMember } from '../../http/requireRole.ts'

/** `GET /api/billing/affiliate/stats`: the signed-in member's own figures. */
export const affiliateStats = ({
  inviteLink,
}: {
  inviteLink: (code: string) => string
}): Endpoint => ({
  path: '/billing/affiliate/stats',
  method: 'get',
  handler: async (req) => {
    const stats = await loadAffiliateStats(req, requireMember(req))
    if (!stats) throw notFound()
    const { affiliateActive, inviteCode, ...figures } = stats
    return Response.json({
      affiliateActive,
      inviteCode,
      inviteLink: inviteLink(inviteCode),
      ...figures,
    })
  },
})
