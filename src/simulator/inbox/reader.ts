import { REPORT_STATUSES } from '../reports/types.ts'
import { segmentsOf } from '../segmentsOf.ts'
import type { Message } from '../types.ts'
import { html, type Html } from './html.ts'
import { isMail, keyOf, PROVIDER_NAMES, reportedMark, timeOf } from './parts.ts'

/** The opened message: a mail as it is rendered, an SMS among those to the same number. */
export const reader = ({
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
        ${timeOf(message.at)} · ${reportedMark(message)}
      </p>
      ${reportForm(message)}
    </header>
    ${isMail(message) ? mail(message) : bubbles(conversation, message)}
    <details>
      <summary>Request</summary>
      <dl>
        <dt>Message id</dt>
        <dd>${message.id}</dd>
        <dt>Sender’s id</dt>
        <dd>${message.customId ?? 'none'}</dd>
      </dl>
      <pre>${message.raw ? JSON.stringify(message.raw, null, 2) : 'Dropped: it is too old.'}</pre>
    </details>`
}

const reportForm = (message: Message): Html =>
  html`<form class="report" method="post" action="/deliver">
    <input type="hidden" name="key" value="${keyOf(message)}" />
    <span class="quiet">Report as</span>
    ${REPORT_STATUSES.map(
      (status) =>
        html`<button name="status" value="${status}">${status.replace('-', ' ')}</button>`,
    )}
  </form>`

/** Scripts stay off; the frame is ours only so that the page may measure it. */
const mail = ({ html: content, text }: Message): Html => {
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
      <pre>${text ?? 'Dropped: it is too old.'}</pre>
    </details>`
}

const bubbles = (conversation: Message[], opened: Message): Html =>
  html`<ol class="bubbles">
    ${conversation.map((each) => {
      const { encoding, segments } = segmentsOf(each.text ?? '')
      return html`<li ${each === opened && html`aria-current="true"`}>
        <p class="bubble">${each.text ? linked(each.text) : '(text dropped)'}</p>
        <p class="quiet">
          ${timeOf(each.at)} · ${segments} ${segments === 1 ? 'segment' : 'segments'}, ${encoding} ·
          ${PROVIDER_NAMES[each.provider]} · ${reportedMark(each)}
        </p>
      </li>`
    })}
  </ol>`

const linked = (text: string): Html[] =>
  text
    .split(/(https?:\/\/[^\s]*[^\s.,;)])/)
    .map((part, index) =>
      index % 2 === 1
        ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>`
        : html`${part}`,
    )
