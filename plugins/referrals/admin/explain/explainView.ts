import type { CustomDocumentViewConfig } from 'payload'

/** The tab "Explain", between Edit and API, by the component that fills it. */
export const explainView = (component: string): CustomDocumentViewConfig => ({
  Component: `/plugins/referrals/admin/explain/${component}#${component}`,
  path: '/explain',
  tab: { label: 'Explain', href: '/explain', order: 150 },
})
