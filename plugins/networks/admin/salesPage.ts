/** How many sales without a click are on one page of the desk. */
export const SALES_PAGE = 20
/** Where on the desk they begin, for links to them. */
export const SALES_ANCHOR = 'sales'
