import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import type { Category, EmailContent, TemplateContext } from '../types.ts'
import { wrapText } from './wrapText.ts'
import { plainLink } from './emailParts.ts'
import { COLOURS, emailStyles, FONT } from './emailTheme.ts'
import { type Html, html, toMarkup } from './html.ts'

type Draft = {
  subject: string
  preheader: string
  body: readonly Html[]
  /** The text part's own lines, not the HTML without tags; an empty string is an empty line. */
  text: readonly string[]
  category: Category
  context: TemplateContext
}

type Footer = {
  account: (brand: string) => string
  /** Does not call the account the recipient's: an address may have been mistyped. */
  security: (brand: string) => string
  preferences: string
}

const TEXTS: Translations<Footer> = {
  en: {
    account: (brand) => `You get this e-mail because you have an account with ${brand}.`,
    security: (brand) =>
      `This message is about the safety of an account with ${brand}. Such messages are always sent.`,
    preferences: 'Choose which messages you get',
  },
  hi: {
    account: (brand) => `${brand} पर आपका खाता है, इसलिए आपको यह ईमेल भेजा गया है।`,
    security: (brand) => `यह संदेश ${brand} के एक खाते की सुरक्षा से जुड़ा है। ऐसे संदेश हमेशा भेजे जाते हैं।`,
    preferences: 'चुनें कि आपको कौन-से संदेश मिलें',
  },
}

/** Composes both parts of an e-mail, each with the same footer. */
export const composeEmail = (draft: Draft): EmailContent => {
  const { subject, preheader, body, text, category, context } = draft
  const texts = inLocale(TEXTS, context.locale)
  const { html: footer, lines } =
    category === 'security' ? securityFooter(texts, context) : accountFooter(texts, context)
  return {
    subject,
    html: emailLayout({ title: subject, preheader, body: html`${body}`, footer, context }),
    text: wrapText([...text, '', '--', ...lines]),
  }
}

type FooterParts = { html: Html; lines: string[] }

const securityFooter = (texts: Footer, { brand }: TemplateContext): FooterParts => {
  const reason = texts.security(brand)
  return { html: html`${reason}`, lines: [reason] }
}

const accountFooter = (texts: Footer, { brand, link }: TemplateContext): FooterParts => {
  const reason = texts.account(brand)
  const url = link(memberPages.preferences())
  return {
    html: html`${reason}<br />${plainLink({ label: texts.preferences, url })}`,
    lines: [reason, `${texts.preferences}:`, url],
  }
}

type Page = {
  title: string
  /** A mailbox list shows it after the subject. */
  preheader: string
  body: Html
  /** Why the recipient gets this, and where to switch it off. */
  footer: Html
  context: TemplateContext
}

/** Keeps the start of the body out of the preview. */
const FILLER = Array.from({ length: 60 }, () => html`&#847;&zwnj;&nbsp;`)

/**
 * The page around every e-mail: one column of tables that Outlook, Gmail and phones all display, in
 * light and dark, without external images, fonts or styles.
 */
const emailLayout = (page: Page): string => {
  const lang = inLocale({ en: 'en', hi: 'hi' }, page.context.locale)
  return toMarkup(
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
