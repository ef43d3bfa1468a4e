import { majorText } from '../amounts.ts'
import type { Sale } from '../../truth/types.ts'
import type { PostbackForm } from '../../types.ts'
import { CLICK_SECONDS } from './actions.ts'

/** Here `pending` is what was confirmed and put back on hold; in the API it is what is new. */
const WORDS: Record<string, string> = { pending: 'new', confirmed: 'pending', paid: 'approved' }

/** Nobody signs it. https://support.mitgo.com, postback-url_5 */
export const postback: PostbackForm = {
  method: 'GET',
  postsIn: 'form',
  fields: (sale: Sale) => ({
    offer_id: String(sale.merchant.id),
    offer_name: sale.merchant.name,
    admitad_id: String(sale.number),
    website_name: 'example-cashback.test',
    website_id: '22001',
    subid: '',
    subid1: '',
    subid2: '',
    subid3: '',
    subid4: sale.clickId ?? '',
    action: 'Paid order',
    action_id: '501',
    payment_sum: majorText(sale.commissionMinor, sale.currency),
    payment_status: WORDS[sale.status] ?? sale.status,
    currency: sale.currency,
    order_id: sale.returnOf ?? sale.order,
    order_sum: majorText(sale.saleMinor, sale.currency),
    click_time: String(Math.floor(sale.eventMs / 1000) - CLICK_SECONDS),
    time: String(Math.floor(sale.eventMs / 1000)),
    conversion_time: String(CLICK_SECONDS),
    type: 'sale',
    country_code: 'IN',
    user_agent: 'Mozilla/5.0',
    user_referer: '',
    ...(sale.status === 'paid' ? { reward_ready: 'true' } : {}),
  }),
}
