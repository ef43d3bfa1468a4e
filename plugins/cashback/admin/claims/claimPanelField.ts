import type { UIField } from 'payload'

/** The panel's id on the page, used to focus it. */
export const CLAIM_PANEL = 'claim-panel'

/** At the top of a claim's page: its files and its answer. Stores nothing. */
export const claimPanelField: UIField = {
  name: 'answerClaim',
  type: 'ui',
  admin: {
    disableListColumn: true,
    condition: (_data, _siblings, { operation }) => operation === 'update',
    components: { Field: '/plugins/cashback/admin/claims/ClaimPanel#ClaimPanel' },
  },
}
