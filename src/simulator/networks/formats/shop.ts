import type { Answer } from '../../types.ts'
import { html } from '../../inbox/html.ts'

type Visit = { shop: string; clickId: string; landing: string }

/** Where a tracking link leads: a shop that says what it was told, and sends nobody on. */
export const shop = ({ clickId, landing, shop: name }: Visit): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
  },
  body: String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${name}, a simulated shop</title>
          <style>
            :root {
              color-scheme: light dark;
            }
            body {
              font:
                16px/1.5 system-ui,
                'Noto Sans',
                sans-serif;
              max-width: 34rem;
              margin: 15vh auto;
              padding: 0 20px;
              overflow-wrap: anywhere;
            }
            dt {
              opacity: 0.7;
              margin-top: 12px;
            }
            dd {
              margin: 0;
            }
          </style>
        </head>
        <body>
          <h1>${name}</h1>
          <p>A shop of the provider simulator. A member who bought here would be paid cashback.</p>
          <dl>
            <dt>Click</dt>
            <dd>${clickId || 'none came with the link'}</dd>
            <dt>Page to land on</dt>
            <dd>${landing || 'the front page'}</dd>
          </dl>
        </body>
      </html>`,
  ),
})
