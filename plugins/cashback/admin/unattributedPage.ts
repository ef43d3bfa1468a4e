/** How many transactions without a click are on one page of the desk. */
export const TRANSACTIONS_PAGE = 20
/** Where on the desk they begin, for links to them. */
export const TRANSACTIONS_ANCHOR = 'transactions'
