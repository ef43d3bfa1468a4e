import { html, Html } from './html.ts'
import { pageScript } from './pageScript.ts'
import { pageStyles } from './pageStyles.ts'

type Frame = {
  content: Html
  nonce: string
  notice?: string
  title: string
  /** The path of the current page. */
  here: string
  counts: string
  /** The label of the link to the sidebar, which is at the bottom of narrow screens. */
  jump: string
}

const PAGES = [
  ['/', 'Inbox'],
  ['/networks', 'Networks'],
  ['/bank', 'Bank'],
] as const

/** Renders the document around a page: its styles, its script and its header. */
export const renderFrame = ({ content, counts, here, jump, nonce, notice, title }: Frame): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} of the provider simulator</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(pageStyles)}
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
          ${new Html(pageScript)}
        </script>
      </body>
    </html>`
