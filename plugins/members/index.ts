import type { Config, Plugin } from 'payload'

import { guardCredentials } from '../../hooks/members/guardCredentials.ts'
import { hideKnownAddress } from '../../hooks/members/hideKnownAddress.ts'
import { hideUnknownAddress } from '../../hooks/members/hideUnknownAddress.ts'
import {
  notifyAccountChange,
  notifyPasswordReset,
} from '../../hooks/members/notifyAccountChange.ts'
import { requestConfirmation } from '../../hooks/members/requestConfirmation.ts'
import type { ConfirmLink } from '../../src/members/emailChanges.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { changeEmail } from './endpoints/changeEmail.ts'
import { changePassword } from './endpoints/changePassword.ts'
import { confirmEmail } from './endpoints/confirmEmail.ts'
import { sendConfirmation } from './endpoints/sendConfirmation.ts'

export type MembersOptions = {
  confirmLink: ConfirmLink
  /** Multiplies the limits on requesting and opening links; null switches them off. */
  rateLimitFactor: number | null
  /** True to answer a registration with a known address by 409. */
  revealsAccounts: boolean
}

/** How people prove an e-mail address, change it and their password, and what strangers learn. */
export const members =
  (options: MembersOptions): Plugin =>
  (config: Config): Config => {
    const { confirmLink, rateLimitFactor, revealsAccounts } = options
    const known = hideKnownAddress({ revealsAccounts })
    const view = { Component: '/plugins/members/admin/ConfirmEmail#ConfirmEmail', exact: true }
    return {
      ...config,
      admin: {
        ...config.admin,
        components: {
          ...config.admin?.components,
          views: {
            ...config.admin?.components?.views,
            confirmEmail: { ...view, path: '/confirm-email', meta: { title: 'Confirm address' } },
          },
        },
      },
      collections: extendCollection(config.collections, 'users', {
        hooks: {
          beforeOperation: [hideUnknownAddress.beforeOperation, known.beforeOperation],
          beforeValidate: [guardCredentials(confirmLink)],
          afterChange: [notifyAccountChange, requestConfirmation(confirmLink)],
          afterLogin: [notifyPasswordReset],
          afterOperation: [hideUnknownAddress.afterOperation, known.afterOperation],
        },
        endpoints: [
          changeEmail({ confirmLink, rateLimitFactor }),
          changePassword,
          confirmEmail({ rateLimitFactor }),
          sendConfirmation({ confirmLink, rateLimitFactor }),
        ],
      }),
    }
  }
