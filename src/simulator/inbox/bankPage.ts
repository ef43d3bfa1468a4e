import { toMajor } from '../networks/formats/amounts.ts'
import type { Payment } from '../payouts/createBank.ts'
import type { State } from '../state.ts'
import type { Provider } from '../types.ts'
import { renderFrame } from './frame.ts'
import { html, type Html } from './html.ts'
import { formatCount, listFaultTargets, renderTime } from './parts.ts'
import { renderSidebar } from './sidebar.ts'

type BankPage = { state: State; providers: Provider[]; nonce: string; query: string }

const MAX_LISTED = 100
const MAX_WEBHOOKS = 20

/** Renders the payments that the payout providers took, newest first. */
export const renderBankPage = ({ nonce, providers, query, state }: BankPage): Html => {
  const { bank, requests } = state
  bank.moveDue()
  const all = bank.list()
  const content = html`<main class="of-networks">
    <div class="orders">
      <form class="search" action="/bank">
        <input
          name="q"
          type="search"
          value="${query}"
          placeholder="Find by key, reference or name"
          aria-label="Find by key, reference or name"
        />
      </form>
      <div id="payments" data-live>${renderProviders(state, query)}</div>
    </div>
    ${renderSidebar({
      targets: listFaultTargets(providers, state),
      isClockFirst: true,
      state,
      back: '/bank',
      more: html`<section>
        <h3>Webhooks</h3>
        <div id="webhooks" data-live>${renderWebhooks(state)}</div>
      </section>`,
    })}
  </main>`
  return renderFrame({
    content,
    nonce,
    title: 'Bank',
    here: '/bank',
    counts: `${formatCount(all.length, 'payment')}, ${formatCount(requests.total(), 'request')}`,
    jump: 'Clock, webhooks',
  })
}

/** A section for each provider that took a payment. */
const renderProviders = ({ bank, payoutProviders }: State, query: string): Html => {
  const taken = payoutProviders.filter(({ name }) => bank.list({ provider: name }).length > 0)
  if (taken.length === 0) {
    return html`<p class="blank">No payment yet. A worker sends approved withdrawals here.</p>`
  }
  return html`${taken.map(({ basePath, name, title }) => {
    const all = bank.list({ provider: name }).toReversed()
    const found = all.filter(matches(query))
    return html`<section class="network" aria-label="${title}">
      <div class="row">
        <h2>${title}</h2>
        <span class="quiet">${basePath}</span>
      </div>
      ${found.length > 0 && renderPayments(found.slice(0, MAX_LISTED))}
      ${
        found.length > MAX_LISTED &&
        html`<p class="blank">${found.length - MAX_LISTED} older payments are not listed.</p>`
      }
      ${found.length === 0 && html`<p class="blank">Nothing matches.</p>`}
    </section>`
  })}`
}

const matches =
  (query: string) =>
  (payment: Payment): boolean =>
    `${payment.key}\n${payment.bankReference ?? ''}\n${findRecipient(payment)}`
      .toLowerCase()
      .includes(query.toLowerCase())

const renderPayments = (payments: Payment[]): Html =>
  html`<table>
    <thead>
      <tr>
        <th>Payment</th>
        <th>Status</th>
        <th>To</th>
        <th class="amount">Amount</th>
        <th>Placed</th>
        <th>Money</th>
      </tr>
    </thead>
    <tbody>
      ${payments.map(renderPayment)}
    </tbody>
  </table>`

const renderPayment = (payment: Payment): Html => {
  const { amountMinor, at, bankReference, currency, key, movements, reason, state } = payment
  return html`<tr>
    <td>
      <b class="cut" title="${key}">${key}</b>
      <span class="quiet cut">${bankReference ?? 'no bank reference yet'}</span>
    </td>
    <td>
      <span class="mark is-${MARKS[state]}">${state}</span>
      ${reason !== null && html`<span class="quiet cut">${reason}</span>`}
    </td>
    <td><span class="cut">${findRecipient(payment)}</span></td>
    <td class="amount" data-label="Amount">${formatMoney(amountMinor, currency)}</td>
    <td class="quiet" data-label="Placed">${renderTime(at.toISOString())}</td>
    <td class="quiet" data-label="Money">
      ${
        movements.length === 0
          ? 'none'
          : movements.map(
              ({ at: movedAt, kind }) => html`<div>${kind}, ${renderTime(movedAt)}</div>`,
            )
      }
    </td>
  </tr>`
}

const MARKS: Record<Payment['state'], string> = {
  settled: 'paid',
  failed: 'failed',
  returned: 'declined',
  pending: 'confirmed',
  queued: 'confirmed',
  unclaimed: 'confirmed',
}

/** The name on the account, where the request of the provider has one. */
const findRecipient = ({ request }: Payment): string => {
  const { account } = (request ?? {}) as { account?: { holderName?: unknown; kind?: unknown } }
  const { holderName, kind } = account ?? {}
  return typeof holderName === 'string' ? `${holderName}, ${String(kind)}` : ''
}

const renderWebhooks = ({ sentWebhooks }: State): Html => {
  const newest = sentWebhooks.newest(MAX_WEBHOOKS)
  if (newest.length === 0) return html`<p class="quiet">No webhook yet.</p>`
  return html`<table>
    <thead class="unseen">
      <tr>
        <th>Time</th>
        <th>State</th>
        <th>Answer</th>
      </tr>
    </thead>
    <tbody>
      ${newest.map(
        ({ at, state, status }) =>
          html`<tr>
            <td class="quiet">${renderTime(at)}</td>
            <td>${state}</td>
            <td>
              <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'none'}</b>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

const formatMoney = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency }).format(toMajor(minor, currency))
