import type { CustomDocumentViewConfig } from 'payload'

/** The tab "Explain", between Edit and API, by the file below `plugins/` that fills it. */
export const explainView = (path: string): CustomDocumentViewConfig => ({
  Component: `/plugins/${path}.tsx#${path.split('/').at(-1) ?? ''}`,
  path: '/explain',
  tab: { label: 'Explain', href: '/explain', order: 150 },
})
