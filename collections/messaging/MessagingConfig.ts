import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from '../access.ts'

/** The lanes that admins have paused. */
export const MessagingConfig: GlobalConfig = {
  slug: 'messaging-config',
  admin: { group: 'Operations' },
  access: { read: staffOnly, readVersions: adminOnly, update: adminOnly },
  lockDocuments: false,
  versions: { max: 200 },
  fields: ['otp', 'money', 'bulk'].map((lane) => ({
    name: `${lane}Paused`,
    type: 'checkbox' as const,
    defaultValue: false,
    admin: { description: 'Messages of this lane wait until it is resumed.' },
  })),
}
