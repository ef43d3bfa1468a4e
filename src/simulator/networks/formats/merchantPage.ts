import type { Answer } from '../../types.ts'
import { html } from '../../inbox/html.ts'

type Visit = { merchant: string; clickId: string; landing: string }

/** The page that a tracking link leads to: a merchant that shows the link's parameters. */
export const merchantPage = ({ clickId, landing, merchant }: Visit): Answer => ({
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
          <title>${merchant}, a simulated merchant</title>
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
          <h1>${merchant}</h1>
          <p>A merchant of the provider simulator. A member who bought here would get cashback.</p>
          <dl>
            <dt>Click</dt>
            <dd>${clickId || 'the link has none'}</dd>
            <dt>Landing page</dt>
            <dd>${landing || 'the home page'}</dd>
          </dl>
        </body>
      </html>`,
  ),
})
