/** The number of unattributed transactions on one page of the networks view. */
export const TRANSACTIONS_PAGE = 20
/** Their anchor in the networks view, for links. */
export const TRANSACTIONS_ANCHOR = 'transactions'
