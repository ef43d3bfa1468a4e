/** Where a section of the page begins, so that links lead to it. */
export const TRANSACTIONS_FILES_ID = 'transactions-from-files'

/**
 * The address at which files of transactions are imported, with a network chosen already where one is given.
 *
 * @example transactionsFilesHref('/admin', '7') // '/admin/reconciliation?toTransactions=7#transactions-from-files'
 */
export const transactionFilesHref = (admin: string, network?: string): string => {
  const query =
    network === undefined ? '' : `?${new URLSearchParams({ toTransactions: network }).toString()}`
  return `${admin}/reconciliation${query}#${TRANSACTIONS_FILES_ID}`
}
