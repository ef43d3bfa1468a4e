/** How many sales without a click are on one page of the desk. */
export const SALES_PAGE = 20
