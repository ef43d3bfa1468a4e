import type { Message } from '../types.ts'
import { html, type Html } from './html.ts'
import { isMail, keyOf, PROVIDER_NAMES, reportedMark, timeOf } from './parts.ts'

/** Newest first; a click opens one beside, or on a phone instead. */
export const messageList = ({
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
      ${query ? 'Nothing matches.' : 'Nothing yet. What the product sends shows up here.'}
    </p>`
  }
  return html`<ol class="list">
    ${messages.map((message) => row({ message, isOpen: message === opened, query }))}
  </ol>`
}

type Row = { message: Message; isOpen: boolean; query: string }

const row = ({ message, isOpen, query }: Row): Html => {
  const search = new URLSearchParams({ open: keyOf(message), ...(query ? { q: query } : {}) })
  const text = message.text ?? ''
  return html`<li>
    <a href="/?${search.toString()}" ${isOpen && html`aria-current="true"`}>
      <span class="row">
        <b class="cut">${message.to}</b>
        <span class="quiet">${timeOf(message.at)}</span>
      </span>
      <span class="cut"
        >${isMail(message) ? message.subject || text : text || '(text dropped)'}</span
      >
      <span class="row">
        <span class="quiet">
          ${isMail(message) ? 'Mail' : 'SMS'} · ${PROVIDER_NAMES[message.provider]}
        </span>
        ${reportedMark(message)}
      </span>
    </a>
  </li>`
}
