/** Where a section of the page begins, so that links lead to it. */
export const SALES_FILES_ID = 'sales-from-files'

/**
 * The address at which files of sales are imported, with a network chosen already where one is given.
 *
 * @example salesFilesHref('/admin', '7') // '/admin/reconciliation?salesOf=7#sales-from-files'
 */
export const salesFilesHref = (admin: string, network?: string): string => {
  const query =
    network === undefined ? '' : `?${new URLSearchParams({ salesOf: network }).toString()}`
  return `${admin}/reconciliation${query}#${SALES_FILES_ID}`
}
