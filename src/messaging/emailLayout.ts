import { emailStyles, COLOURS, FONT } from './emailTheme.ts'
import { type Html, html, markupOf } from './html.ts'
import { inLocale } from './inLocale.ts'
import { type TemplateContext } from './types.ts'

type Page = {
  title: string
  /** What a list of messages shows after the subject. */
  preheader: string
  body: Html
  /** Why this came, and where to stop it. */
  footer: Html
  context: TemplateContext
}

/** Keeps the first words of the body out of the preview. */
const FILLER = Array.from({ length: 60 }, () => html`&#847;&zwnj;&nbsp;`)

/**
 * The page around every e-mail: one column of tables that Outlook, Gmail and phones all lay out,
 * light and dark, without an image, a font or a style from elsewhere.
 */
export const emailLayout = (page: Page): string => {
  const lang = inLocale({ en: 'en', hi: 'hi' }, page.context.locale)
  return markupOf(
    html`<!doctype html>
      <html lang="${lang}" dir="ltr">
        ${head(page.title)}
        <body
          class="t-page"
          style="margin:0;padding:0;background-color:${COLOURS.page};-webkit-text-size-adjust:100%;text-size-adjust:100%"
        >
          <div
            style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;opacity:0"
          >
            ${page.preheader}${FILLER}
          </div>
          <table
            role="presentation"
            class="t-page"
            width="100%"
            cellpadding="0"
            cellspacing="0"
            border="0"
            bgcolor="${COLOURS.page}"
            style="width:100%;background-color:${COLOURS.page}"
          >
            <tr>
              <td class="t-outer" align="center" style="padding:32px 16px">
                <!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
                <div
                  lang="${lang}"
                  role="article"
                  aria-label="${page.title}"
                  style="max-width:560px;margin:0 auto;text-align:left;font-family:${FONT}"
                >
                  ${column(page)}
                </div>
                <!--[if mso]></td></tr></table><![endif]-->
              </td>
            </tr>
          </table>
        </body>
      </html> `,
  )
}

const head = (title: string): Html =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
    <meta name="x-apple-disable-message-reformatting" />
    <title>${title}</title>
    ${emailStyles}
  </head>`

const column = ({ body, footer, context }: Page): Html =>
  html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="width:100%"
  >
    <tr>
      <td
        class="t-brand"
        style="padding:0 4px 16px;font-size:20px;line-height:28px;font-weight:700;color:${COLOURS.brand};word-break:break-word"
      >
        ${context.brand}
      </td>
    </tr>
    <tr>
      <td
        class="t-card t-pad"
        bgcolor="${COLOURS.card}"
        style="padding:32px 32px 14px;background-color:${COLOURS.card};border:1px solid ${COLOURS.line};border-radius:14px"
      >
        ${body}
      </td>
    </tr>
    <tr>
      <td
        class="t-soft"
        style="padding:20px 4px 0;font-size:13px;line-height:20px;color:${COLOURS.soft}"
      >
        ${footer}
      </td>
    </tr>
  </table>`
