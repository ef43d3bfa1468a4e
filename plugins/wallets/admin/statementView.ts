import type { CustomDocumentViewConfig } from 'payload'

/** The tab "Statement" of a member, between Edit and API. */
export const statementView: CustomDocumentViewConfig = {
  Component: '/plugins/wallets/admin/StatementTab#StatementTab',
  path: '/statement',
  tab: { label: 'Statement', href: '/statement', order: 150 },
}
