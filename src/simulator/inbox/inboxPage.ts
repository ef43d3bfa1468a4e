import type { State } from '../state.ts'
import type { Message, Provider } from '../types.ts'
import { html, type Html } from './html.ts'
import { messageList } from './messageList.ts'
import { counted, isMail, keyOf } from './parts.ts'
import { reader } from './reader.ts'
import { frame } from './frame.ts'
import { peersOf } from './peers.ts'
import { side } from './side.ts'

const LISTED = 100
const BUBBLES = 30

export type InboxOptions = {
  state: State
  providers: Provider[]
  /** The key of the message to show; without one it is the newest, whichever that is. */
  open: string
  query: string
  notice: string
  /** Of the one script that may run. */
  nonce: string
}

/** The whole page; what is marked live is replaced by the script as it changes. */
export const inboxPage = ({ nonce, notice, open, providers, query, state }: InboxOptions): Html => {
  const newest = state.messages.newest(Infinity)
  const messages = newest.filter(matches(query)).slice(0, LISTED)
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
      <div id="list" data-live>${messageList({ messages, opened, query })}</div>
    </section>
    <section class="reader" id="reader" aria-label="Opened message" data-live>
      ${reader({ message: opened, conversation: conversationOf(newest, opened) })}
    </section>
    ${side({ peers: peersOf(providers, state), state, back: '/' })}
  </main>`
  const { messages: all, requests } = state
  const counts = `${counted(all.total(), 'message')}, ${counted(requests.total(), 'request')}`
  return frame({
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

/** What the same phone got, oldest first; providers write its number with and without a plus. */
const conversationOf = (newest: Message[], opened: Message | undefined): Message[] => {
  if (!opened || isMail(opened)) return []
  const digits = opened.to.replace(/\D/g, '')
  const same = newest.filter((each) => !isMail(each) && each.to.replace(/\D/g, '') === digits)
  const from = Math.max(0, same.indexOf(opened) - BUBBLES / 2)
  return same.slice(from, from + BUBBLES).reverse()
}
