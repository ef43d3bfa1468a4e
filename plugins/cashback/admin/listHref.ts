/**
 * The address of a collection's list in the admin panel, with filters. Null filters for documents
 * without a value.
 *
 * @example listHref('/admin', 'network-pages', { run: '7' })
 */
export const listHref = (
  admin: string,
  collection: string,
  where: Record<string, string | null>,
): string => {
  const query = new URLSearchParams(
    Object.entries(where).map(([field, value], index) => [
      `where[or][0][and][${index}][${field}][${value === null ? 'exists' : 'equals'}]`,
      value ?? 'false',
    ]),
  )
  return `${admin}/collections/${collection}?${query.toString()}`
}
