import { REPORT_STATUSES } from '../reports/types.ts'
import { countSegments } from '../countSegments.ts'
import type { State } from '../state.ts'
import type { Message, Provider } from '../types.ts'
import { renderFrame } from './frame.ts'
import { html, type Html } from './html.ts'
import {
  formatCount,
  isMail,
  keyOf,
  listFaultTargets,
  PROVIDER_NAMES,
  renderReported,
  renderTime,
} from './parts.ts'
import { renderSidebar } from './sidebar.ts'

const MAX_LISTED = 100
const MAX_BUBBLES = 30

type InboxOptions = {
  state: State
  providers: Provider[]
  /** The key of the message to show; empty: the newest. */
  open: string
  query: string
  notice: string
  /** The nonce of our script. */
  nonce: string
}

/** Renders the inbox. The page's script replaces the parts marked `data-live` when they change. */
export const renderInboxPage = ({
  nonce,
  notice,
  open,
  providers,
  query,
  state,
}: InboxOptions): Html => {
  const newest = state.messages.newest(Infinity)
  const messages = newest.filter(matches(query)).slice(0, MAX_LISTED)
  const opened = open ? newest.find((each) => keyOf(each) === open) : messages[0]
  const content = html`<main class="${open ? 'is-opened' : ''}">
    <section class="messages" aria-label="Messages">
      <form class="search" action="/">
        <input
          name="q"
          type="search"
          value="${query}"
          placeholder="Find by address or text"
          aria-label="Find by address or text"
        />
      </form>
      <div id="list" data-live>${renderMessageList({ messages, opened, query })}</div>
    </section>
    <section class="reader" id="reader" aria-label="Opened message" data-live>
      ${renderReader({ message: opened, conversation: findConversation(newest, opened) })}
    </section>
    ${renderSidebar({ targets: listFaultTargets(providers, state), state, back: '/' })}
  </main>`
  const { messages: all, requests } = state
  const counts = `${formatCount(all.total(), 'message')}, ${formatCount(requests.total(), 'request')}`
  return renderFrame({
    content,
    nonce,
    notice,
    title: 'Inbox',
    here: '/',
    counts,
    jump: 'Faults, requests',
  })
}

const matches = (query: string) => {
  const wanted = query.toLowerCase()
  return ({ subject = '', text, to }: Message) =>
    !wanted || `${to}\n${subject}\n${text ?? ''}`.toLowerCase().includes(wanted)
}

/**
 * Finds the messages to the same phone, oldest first. Providers write its number with and without a
 * plus.
 */
const findConversation = (newest: Message[], opened: Message | undefined): Message[] => {
  if (!opened || isMail(opened)) return []
  const digits = opened.to.replace(/\D/g, '')
  const same = newest.filter((each) => !isMail(each) && each.to.replace(/\D/g, '') === digits)
  const from = Math.max(0, same.indexOf(opened) - MAX_BUBBLES / 2)
  return same.slice(from, from + MAX_BUBBLES).reverse()
}

/** The messages, newest first. A click opens one beside the list, or in its place on a phone. */
const renderMessageList = ({
  messages,
  opened,
  query,
}: {
  messages: Message[]
  opened: Message | undefined
  query: string
}): Html => {
  if (messages.length === 0) {
    return html`<p class="blank">
      ${query ? 'Nothing matches.' : 'Nothing yet. Messages that the product sends appear here.'}
    </p>`
  }
  return html`<ol class="list">
    ${messages.map((message) => renderRow({ message, isOpen: message === opened, query }))}
  </ol>`
}

type Row = { message: Message; isOpen: boolean; query: string }

const renderRow = ({ message, isOpen, query }: Row): Html => {
  const search = new URLSearchParams({ open: keyOf(message), ...(query ? { q: query } : {}) })
  const text = message.text ?? ''
  return html`<li>
    <a href="/?${search.toString()}" ${isOpen && html`aria-current="true"`}>
      <span class="row">
        <b class="cut">${message.to}</b>
        <span class="quiet">${renderTime(message.at)}</span>
      </span>
      <span class="cut"
        >${isMail(message) ? message.subject || text : text || '(text dropped)'}</span
      >
      <span class="row">
        <span class="quiet">
          ${isMail(message) ? 'Mail' : 'SMS'} · ${PROVIDER_NAMES[message.provider]}
        </span>
        ${renderReported(message)}
      </span>
    </a>
  </li>`
}

/** The opened message: a rendered mail, or an SMS among others to the same number. */
const renderReader = ({
  conversation,
  message,
}: {
  conversation: Message[]
  message: Message | undefined
}): Html => {
  if (!message) return html`<p class="blank">Open a message to read it.</p>`
  return html`<a class="back" href="/">‹ All messages</a>
    <header class="head">
      <h2>${isMail(message) ? message.subject || '(no subject)' : message.to}</h2>
      <p class="quiet">
        ${isMail(message) && html`To ${message.to} · `}${PROVIDER_NAMES[message.provider]} ·
        ${renderTime(message.at)} · ${renderReported(message)}
      </p>
      ${renderReportForm(message)}
    </header>
    ${isMail(message) ? renderMail(message) : renderBubbles(conversation, message)}
    <details>
      <summary>Request</summary>
      <dl>
        <dt>Message id</dt>
        <dd>${message.id}</dd>
        <dt>Sender’s id</dt>
        <dd>${message.customId ?? 'none'}</dd>
      </dl>
      <pre>
${message.raw ? JSON.stringify(message.raw, null, 2) : 'Dropped, because the message is old.'}</pre>
    </details>`
}

const renderReportForm = (message: Message): Html =>
  html`<form class="report" method="post" action="/deliver">
    <input type="hidden" name="key" value="${keyOf(message)}" />
    <span class="quiet">Report as</span>
    ${REPORT_STATUSES.map(
      (status) =>
        html`<button name="status" value="${status}">${status.replace('-', ' ')}</button>`,
    )}
  </form>`

/**
 * Renders a mail in a frame without scripts. It has our origin, so that the page can measure its
 * height.
 */
const renderMail = ({ html: content, text }: Message): Html => {
  const rendered = `<base target="_blank">${content ?? ''}`
  return html`${
      content &&
      html`<iframe
        class="mail"
        title="The mail, rendered"
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcdoc="${rendered}"
      ></iframe>`
    }
    <details ${!content && html`open`}>
      <summary>Plain text</summary>
      <pre>${text ?? 'Dropped, because the message is old.'}</pre>
    </details>`
}

const renderBubbles = (conversation: Message[], opened: Message): Html =>
  html`<ol class="bubbles">
    ${conversation.map((each) => {
      const { encoding, segments } = countSegments(each.text ?? '')
      const cost = `${formatCount(segments, 'segment')}, ${encoding}`
      return html`<li ${each === opened && html`aria-current="true"`}>
        <p class="bubble">${each.text ? linkUrls(each.text) : '(text dropped)'}</p>
        <p class="quiet">
          ${renderTime(each.at)} · ${cost} · ${PROVIDER_NAMES[each.provider]} ·
          ${renderReported(each)}
        </p>
      </li>`
    })}
  </ol>`

const linkUrls = (text: string): Html[] =>
  text
    .split(/(https?:\/\/[^\s]*[^\s.,;)])/)
    .map((part, index) =>
      index % 2 === 1
        ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>`
        : html`${part}`,
    )
