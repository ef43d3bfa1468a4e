import { majorOf } from '../../networks/formats/amounts.ts'
import type { Sale, ScriptedOrder } from '../../networks/truth/types.ts'
import type { Network } from '../../networks/types.ts'
import { html, type Html } from '../html.ts'
import { timeOf } from '../parts.ts'

type OrderRow = {
  order: ScriptedOrder
  network: Network
  nowMs: number
  /** Null while nobody knows of it. */
  sale: Sale | null
}

/** What is true of an order now, in our word and in its network's, and what comes next. */
export const orderRow = ({ network, nowMs, order, sale }: OrderRow): Html => {
  const next = order.timeline.find(({ atMs }) => atMs > nowMs)
  const word = sale ? network.wordOf(sale) : null
  return html`<tr class="${sale ? '' : 'unknown'}">
    <td>
      <b class="cut" title="${order.order}">${order.order}</b>
      <span class="quiet cut" title="${order.clickId ?? ''}">
        ${order.returnOf ? `return of ${order.returnOf}` : (order.clickId ?? 'no click')}
      </span>
    </td>
    <td>
      <span class="mark is-${sale?.status ?? 'unknown'}">${sale?.status ?? 'not yet known'}</span>
      ${word !== null && word !== sale?.status && html`<span class="quiet cut">${word}</span>`}
    </td>
    <td><span class="cut">${order.merchant.name}</span></td>
    <td class="amount" ${sale && html`data-label="Sale"`}>
      ${sale && money(sale.saleMinor, sale.currency)}
    </td>
    <td class="quiet" data-label="Sold">${timeOf(new Date(order.eventMs).toISOString())}</td>
    <td class="amount" ${sale && html`data-label="Commission"`}>
      ${sale && money(sale.commissionMinor, sale.currency)}
    </td>
    <td class="quiet" ${next && html`data-label="Next"`}>
      ${next && html`${next.status}, ${timeOf(new Date(next.atMs).toISOString())}`}
    </td>
  </tr>`
}

const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency }).format(majorOf(minor, currency))
