import type { UIField } from 'payload'

/** The panel's id on the page, for the focus. */
export const CLAIM_PANEL = 'claim-panel'

/** At the head of a claim's page: what came with it, and its answer. Stores nothing. */
export const claimPanelField: UIField = {
  name: 'answerClaim',
  type: 'ui',
  admin: {
    disableListColumn: true,
    condition: (_data, _siblings, { operation }) => operation === 'update',
    components: { Field: '/plugins/cashback/admin/claims/ClaimPanel#ClaimPanel' },
  },
}
