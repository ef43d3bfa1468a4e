import type { Config, Plugin } from 'payload'

import { AffiliationConfig } from '../../collections/referrals/AffiliationConfig.ts'
import { Commissions } from '../../collections/referrals/Commissions.ts'
import { referralFields } from '../../collections/referrals/referralFields.ts'
import { assignInviteCode } from '../../hooks/referrals/assignInviteCode.ts'
import { awardCommission } from '../../hooks/referrals/awardCommission.ts'
import { clawBackCommission } from '../../hooks/referrals/clawBackCommission.ts'
import { resolveReferralCode } from '../../hooks/referrals/resolveReferralCode.ts'
import { releaseCommissions } from '../../jobs/referrals/releaseCommissions.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { extendDashboard } from '../extend/extendDashboard.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { costFields } from './admin/cost/costFields.ts'
import { explainView } from '../extend/explainView.ts'
import { changeReferrerField } from './admin/referrer/changeReferrerField.ts'
import { programWidgets } from './admin/widgets/programWidgets.ts'
import { affiliateStats } from './endpoints/affiliateStats.ts'
import { affiliateToggle } from './endpoints/affiliateToggle.ts'
import { explainPayment } from './endpoints/explainPayment.ts'
import { explainTransfer } from './endpoints/explainTransfer.ts'
import { overrideReferrer } from './endpoints/overrideReferrer.ts'

export type ReferralsOptions = {
  /** False keeps the schema without the behaviour, so that switching off needs no migration. */
  isEnabled?: boolean
  /** Turns an invite code into the link a member shares. */
  inviteLink: (code: string) => string
}

/**
 * Invite codes, the affiliate programme, commissions on completed payments, and their explanations.
 */
export const referrals =
  ({ inviteLink, isEnabled = true }: ReferralsOptions): Plugin =>
  (config: Config): Config => {
    const collections = extendCollection(config.collections, 'users', { fields: referralFields })
    const program = { ...AffiliationConfig, fields: [...AffiliationConfig.fields, ...costFields] }
    const withSchema: Config = {
      ...config,
      collections: [...collections, Commissions],
      globals: [...(config.globals ?? []), program],
    }
    return isEnabled ? withBehaviour(withSchema, inviteLink) : withSchema
  }

const withBehaviour = (config: Config, inviteLink: ReferralsOptions['inviteLink']): Config => {
  const withUsers = extendCollection(config.collections, 'users', {
    fields: [changeReferrerField],
    hooks: { beforeValidate: [resolveReferralCode], beforeChange: [assignInviteCode] },
    endpoints: [overrideReferrer],
  })
  const withPayments = extendCollection(withUsers, 'payments', {
    hooks: { afterChange: [awardCommission] },
    endpoints: [explainPayment],
    views: { explain: explainView('referrals/admin/explain/ExplainTab') },
  })
  const withRefunds = extendCollection(withPayments, 'refunds', {
    hooks: { afterChange: [clawBackCommission] },
  })
  return {
    ...config,
    admin: extendDashboard(config.admin, programWidgets),
    custom: extendJobs(config, releaseCommissions),
    collections: extendCollection(withRefunds, 'wallet-transactions', {
      endpoints: [explainTransfer],
      views: { explain: explainView('referrals/admin/explain/ExplainTransferTab') },
    }),
    endpoints: [...(config.endpoints ?? []), affiliateStats({ inviteLink }), affiliateToggle],
  }
}
