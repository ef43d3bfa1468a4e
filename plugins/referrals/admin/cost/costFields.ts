import type { UIField } from 'payload'

const shown = (name: string, component: string, admin: UIField['admin'] = {}): UIField => ({
  name,
  type: 'ui',
  admin: {
    ...admin,
    components: { Field: `/plugins/referrals/admin/cost/${component}#${component}` },
  },
})

/** What the configuration of the programme shows beside its own fields; stores nothing. */
export const costFields: UIField[] = [
  shown('examples', 'ExampleEarnings'),
  shown('cost', 'CostPanel', { position: 'sidebar' }),
]
