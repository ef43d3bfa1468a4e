/** The settings of a network that is read from files, as an admin may begin with them. */
export const exampleSettings = {
  mapping: {
    columns: {
      externalId: 'Transaction ID',
      orderId: 'Order ID',
      clickId: 'Sub ID',
      merchantName: 'Advertiser',
      status: 'Status',
      sale: 'Order value',
      commission: 'Commission',
      eventAt: 'Sold on',
    },
    statuses: { Open: 'pending', Confirmed: 'approved', Cancelled: 'declined' },
    currency: 'INR',
    dateOrder: 'dmy',
    utcOffset: '+05:30',
  },
}
