/**
 * The address of a collection's list in the admin, filtered as its own filter would.
 *
 * @example listHref('/admin', 'network-pages', { run: '7' })
 */
export const listHref = (
  admin: string,
  collection: string,
  where: Record<string, string>,
): string => {
  const query = new URLSearchParams(
    Object.entries(where).map(([field, value], index) => [
      `where[or][0][and][${index}][${field}][equals]`,
      value,
    ]),
  )
  return `${admin}/collections/${collection}?${query.toString()}`
}
