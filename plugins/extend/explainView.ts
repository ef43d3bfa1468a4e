import type { CustomDocumentViewConfig } from 'payload'

/**
 * Returns the tab "Explain", between Edit and API. `path` is its component's file below `plugins/`.
 */
export const explainView = (path: string): CustomDocumentViewConfig => ({
  Component: `/plugins/${path}.tsx#${path.split('/').at(-1) ?? ''}`,
  path: '/explain',
  tab: { label: 'Explain', href: '/explain', order: 150 },
})
