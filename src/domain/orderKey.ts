/**
 * An order number as it is compared: shops, networks and people write one with other letters,
 * spaces and dashes.
 *
 * @example orderKeyOf(' od-1182 93a ') // 'OD118293A'
 */
export const orderKeyOf = (orderNumber: string): string =>
  orderNumber
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
