/** The anchor of the section, for links. */
export const TRANSACTIONS_FILES_ID = 'transactions-from-files'

/**
 * The address of the import of transaction files, with a network preselected if one is given.
 *
 * @example transactionFilesHref('/admin', '7') // '/admin/reconciliation?toTransactions=7#transactions-from-files'
 */
export const transactionFilesHref = (admin: string, network?: string): string => {
  const query =
    network === undefined ? '' : `?${new URLSearchParams({ toTransactions: network }).toString()}`
  return `${admin}/reconciliation${query}#${TRANSACTIONS_FILES_ID}`
}
