import type { State } from '../state.ts'
import { html, Html } from './html.ts'
import { script } from './script.ts'
import { styles } from './styles.ts'

type Frame = { content: Html; nonce: string; notice: string; state: State }

/** The document around the inbox: its look, its script and what stands above. */
export const frame = ({ content, nonce, notice, state }: Frame): Html => {
  const total = state.messages.total()
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Inbox of the provider simulator</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>Provider simulator</h1>
          <span class="quiet" id="counts" data-live>
            ${total} ${total === 1 ? 'message' : 'messages'}, ${state.requests.total()} requests
          </span>
          <span class="lost" role="status">The simulator has stopped.</span>
          <a class="jump" href="#side">Faults, requests</a>
        </header>
        ${notice && html`<p class="notice" role="status">${notice}</p>`} ${content}
        <script nonce="${nonce}">
          ${new Html(script)}
        </script>
      </body>
    </html>`
}
