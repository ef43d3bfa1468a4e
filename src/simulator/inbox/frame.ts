import { html, Html } from './html.ts'
import { script } from './script.ts'
import { styles } from './styles.ts'

type Frame = {
  content: Html
  nonce: string
  notice?: string
  title: string
  /** The address of the page that it is around. */
  here: string
  counts: string
  /** What stands below everything else where there is little room. */
  jump: string
}

const PAGES = [
  ['/', 'Inbox'],
  ['/networks', 'Networks'],
] as const

/** The document around a page: its look, its script and what stands above. */
export const frame = ({ content, counts, here, jump, nonce, notice, title }: Frame): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} of the provider simulator</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>Provider simulator</h1>
          <nav>
            ${PAGES.map(
              ([address, name]) =>
                html`<a href="${address}" ${address === here && html`aria-current="page"`}
                  >${name}</a
                >`,
            )}
          </nav>
          <span class="quiet" id="counts" data-live>${counts}</span>
          <span class="lost" role="status">The simulator has stopped.</span>
          <a class="jump" href="#side">${jump}</a>
        </header>
        ${notice && html`<p class="notice" role="status">${notice}</p>`} ${content}
        <script nonce="${nonce}">
          ${new Html(script)}
        </script>
      </body>
    </html>`
