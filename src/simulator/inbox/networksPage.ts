import { toMajor } from '../networks/formats/amounts.ts'
import { transactionAt } from '../networks/scenario/transactionAt.ts'
import type { GeneratedSet, ScenarioOrder, Transaction } from '../networks/scenario/types.ts'
import type { Network } from '../networks/types.ts'
import type { State } from '../state.ts'
import type { Provider } from '../types.ts'
import { renderFrame } from './frame.ts'
import { html, type Html } from './html.ts'
import { formatCount, type FaultTarget, listFaultTargets, renderTime } from './parts.ts'
import { renderSidebar } from './sidebar.ts'

type NetworksPage = { state: State; providers: Provider[]; nonce: string; query: string }

const MAX_POSTBACKS = 20

/**
 * Renders the orders as each network reports them now. Parts marked `data-live` follow the clock.
 */
export const renderNetworksPage = ({ nonce, providers, query, state }: NetworksPage): Html => {
  const { networks, orders } = state
  const total = networks.reduce((sum, { name }) => sum + orders.list(name).length, 0)
  const targets = listFaultTargets(providers, state)
  const isNetwork = ({ name }: FaultTarget) => networks.some((network) => network.name === name)
  const content = html`<main class="of-networks">
    <div class="orders">
      <form class="search" action="/networks">
        <input
          name="q"
          type="search"
          value="${query}"
          placeholder="Find by order, click or merchant"
          aria-label="Find by order, click or merchant"
        />
      </form>
      <div id="orders" data-live>
        ${networks.map((network) => renderNetwork({ network, query, state }))}
      </div>
    </div>
    ${renderSidebar({
      targets: [...targets.filter(isNetwork), ...targets.filter((target) => !isNetwork(target))],
      isClockFirst: true,
      state,
      back: '/networks',
      more: html`<section>
        <h3>Postbacks</h3>
        <div id="postbacks" data-live>${renderPostbacks(state)}</div>
      </section>`,
    })}
  </main>`
  const counts = `${formatCount(total, 'order')}, ${formatCount(state.requests.total(), 'request')}`
  return renderFrame({
    content,
    nonce,
    title: 'Networks',
    here: '/networks',
    counts,
    jump: 'Clock, faults',
  })
}

const renderPostbacks = ({ postbacks }: State): Html => {
  const newest = postbacks.newest(MAX_POSTBACKS)
  if (newest.length === 0) return html`<p class="quiet">No postback yet.</p>`
  return html`<table>
    <thead class="unseen">
      <tr>
        <th>Time</th>
        <th>Order</th>
        <th>Answer</th>
      </tr>
    </thead>
    <tbody>
      ${newest.map(
        ({ at, order, status }) =>
          html`<tr>
            <td class="quiet">${renderTime(at)}</td>
            <td>${order}</td>
            <td>
              <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'none'}</b>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

const MAX_LISTED = 100

type Section = { network: Network; query: string; state: State }

/** One network: its orders, newest first, and its generated sets. */
const renderNetwork = ({ network, query, state }: Section): Html => {
  const { clock, orders, rateLimits } = state
  const all = orders.list(network.name)
  const found = all.filter(matches(query)).sort((one, other) => other.eventMs - one.eventMs)
  const sets = orders.sets(network.name)
  const perMinute = rateLimits.limitOf(network)
  return html`<section class="network" aria-label="${network.title}">
    <div class="row">
      <h2>${network.title}</h2>
      <span class="quiet">
        /${network.name}${perMinute !== null && ` · ${perMinute} requests a minute`}
      </span>
    </div>
    ${
      sets.length > 0 &&
      html`<ul class="sets">
        ${sets.map((set) => html`<li class="quiet">${renderSet(set)}</li>`)}
      </ul>`
    }
    ${found.length > 0 && renderOrders({ found, network, nowMs: clock.now().getTime() })}
    ${
      found.length > MAX_LISTED &&
      html`<p class="blank">${found.length - MAX_LISTED} older orders are not listed.</p>`
    }
    ${
      found.length === 0 &&
      sets.length === 0 &&
      html`<p class="blank">
        ${all.length > 0 ? 'Nothing matches.' : 'No orders. Add some with POST /control/orders.'}
      </p>`
    }
  </section>`
}

const matches =
  (query: string) =>
  ({ clickId, merchant, order }: ScenarioOrder): boolean =>
    `${order}\n${clickId ?? ''}\n${merchant.name}`.toLowerCase().includes(query.toLowerCase())

const renderSet = ({ count, fromMs, seed, status, toMs }: GeneratedSet): Html =>
  html`${count.toLocaleString('en')} generated orders of seed ${seed}, ${status}, placed from
  ${renderTime(new Date(fromMs).toISOString())} to ${renderTime(new Date(toMs).toISOString())}`

type Table = { found: ScenarioOrder[]; network: Network; nowMs: number }

const renderOrders = ({ found, network, nowMs }: Table): Html =>
  html`<table>
    <thead>
      <tr>
        <th>Order</th>
        <th>Status</th>
        <th>Merchant</th>
        <th class="amount">Sale</th>
        <th>Placed</th>
        <th class="amount">Commission</th>
        <th>Next</th>
      </tr>
    </thead>
    <tbody>
      ${found
        .slice(0, MAX_LISTED)
        .map((order) =>
          renderOrder({ order, network, nowMs, transaction: transactionAt(order, nowMs) }),
        )}
    </tbody>
  </table>`

type OrderRow = {
  order: ScenarioOrder
  network: Network
  nowMs: number
  /** Null before the network reports it. */
  transaction: Transaction | null
}

/** An order now, with our status and its network's, and its next change. */
const renderOrder = ({ network, nowMs, order, transaction }: OrderRow): Html => {
  const next = order.timeline.find(({ atMs }) => atMs > nowMs)
  const rawStatus = transaction ? network.rawStatusOf(transaction) : null
  return html`<tr class="${transaction ? '' : 'unknown'}">
    <td>
      <b class="cut" title="${order.order}">${order.order}</b>
      <span class="quiet cut" title="${order.clickId ?? ''}">
        ${order.reversalOf ? `reversal of ${order.reversalOf}` : (order.clickId ?? 'no click')}
      </span>
    </td>
    <td>
      <span class="mark is-${transaction?.status ?? 'unknown'}"
        >${transaction?.status ?? 'not reported yet'}</span
      >
      ${rawStatus !== null && rawStatus !== transaction?.status && html`<span class="quiet cut">${rawStatus}</span>`}
    </td>
    <td><span class="cut">${order.merchant.name}</span></td>
    <td class="amount" ${transaction && html`data-label="Sale"`}>
      ${transaction && formatMoney(transaction.saleMinor, transaction.currency)}
    </td>
    <td class="quiet" data-label="Placed">${renderTime(new Date(order.eventMs).toISOString())}</td>
    <td class="amount" ${transaction && html`data-label="Commission"`}>
      ${transaction && formatMoney(transaction.commissionMinor, transaction.currency)}
    </td>
    <td class="quiet" ${next && html`data-label="Next"`}>
      ${next && html`${next.status}, ${renderTime(new Date(next.atMs).toISOString())}`}
    </td>
  </tr>`
}

const formatMoney = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency }).format(toMajor(minor, currency))
