/**
 * Normalises an order number for comparison: merchants, networks and people differ in case, spaces
 * and dashes.
 *
 * @example normaliseOrderNumber(' od-1182 93a ') // 'OD118293A'
 */
export const normaliseOrderNumber = (orderNumber: string): string =>
  orderNumber
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
