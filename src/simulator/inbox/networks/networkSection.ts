import type { Network } from '../../networks/types.ts'
import { saleAt } from '../../networks/truth/saleAt.ts'
import type { GeneratedSet, ScriptedOrder } from '../../networks/truth/types.ts'
import type { State } from '../../state.ts'
import { html, type Html } from '../html.ts'
import { timeOf } from '../parts.ts'
import { orderRow } from './orderRow.ts'

const LISTED = 100

type Section = { network: Network; query: string; state: State }

/** One network: its orders, newest first, and what it makes up by itself. */
export const networkSection = ({ network, query, state }: Section): Html => {
  const { clock, orders, pace } = state
  const scripted = orders.scripted(network.name)
  const found = scripted.filter(matches(query)).sort((one, other) => other.eventMs - one.eventMs)
  const sets = orders.sets(network.name)
  const perMinute = pace.limitOf(network)
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
        ${sets.map((set) => html`<li class="quiet">${wordsOfSet(set)}</li>`)}
      </ul>`
    }
    ${found.length > 0 && table({ found, network, nowMs: clock.now().getTime() })}
    ${
      found.length > LISTED &&
      html`<p class="blank">${found.length - LISTED} older ones are not listed.</p>`
    }
    ${
      found.length === 0 &&
      sets.length === 0 &&
      html`<p class="blank">
        ${scripted.length > 0 ? 'Nothing matches.' : 'No orders. POST /control/orders brings some.'}
      </p>`
    }
  </section>`
}

const matches =
  (query: string) =>
  ({ clickId, merchant, order }: ScriptedOrder): boolean =>
    `${order}\n${clickId ?? ''}\n${merchant.name}`.toLowerCase().includes(query.toLowerCase())

const wordsOfSet = ({ count, fromMs, seed, status, toMs }: GeneratedSet): Html =>
  html`${count.toLocaleString('en')} generated orders of seed ${seed}, ${status}, sold from
  ${timeOf(new Date(fromMs).toISOString())} to ${timeOf(new Date(toMs).toISOString())}`

type Table = { found: ScriptedOrder[]; network: Network; nowMs: number }

const table = ({ found, network, nowMs }: Table): Html =>
  html`<table>
    <thead>
      <tr>
        <th>Order</th>
        <th>State</th>
        <th>Shop</th>
        <th class="amount">Sale</th>
        <th>Sold</th>
        <th class="amount">Commission</th>
        <th>Next</th>
      </tr>
    </thead>
    <tbody>
      ${found
        .slice(0, LISTED)
        .map((order) => orderRow({ order, network, nowMs, sale: saleAt(order, nowMs) }))}
    </tbody>
  </table>`
