import type { UIField } from 'payload'

const uiField = (name: string, component: string, admin: UIField['admin'] = {}): UIField => ({
  name,
  type: 'ui',
  admin: {
    ...admin,
    components: { Field: `/plugins/referrals/admin/cost/${component}#${component}` },
  },
})

/** The panels beside the fields of the programme's configuration. They store nothing. */
export const costFields: UIField[] = [
  uiField('examples', 'ExampleEarnings'),
  uiField('cost', 'CostPanel', { position: 'sidebar' }),
]
