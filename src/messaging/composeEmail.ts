import { plainLink } from './emailButton.ts'
import { emailLayout } from './emailLayout.ts'
import { type Html, html } from './html.ts'
import { inLocale, type Words } from './inLocale.ts'
import { memberPages } from './memberPages.ts'
import { type Category, type EmailContent, type TemplateContext } from './types.ts'
import { wrapText } from './wrapText.ts'

type Draft = {
  subject: string
  preheader: string
  body: readonly Html[]
  /** Written for itself, never the HTML with its tags taken off; an empty string is a free line. */
  text: readonly string[]
  category: Category
  context: TemplateContext
}

type Footer = {
  account: (brand: string) => string
  /** Says of nobody that the account is theirs: an address may have been mistyped. */
  security: (brand: string) => string
  preferences: string
}

const WORDS: Words<Footer> = {
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

/** Both parts of an e-mail with the same footer. */
export const composeEmail = (draft: Draft): EmailContent => {
  const { subject, preheader, body, text, category, context } = draft
  const words = inLocale(WORDS, context.locale)
  const { html: footer, lines } =
    category === 'security' ? securityFooter(words, context) : accountFooter(words, context)
  return {
    subject,
    html: emailLayout({ title: subject, preheader, body: html`${body}`, footer, context }),
    text: wrapText([...text, '', '--', ...lines]),
  }
}

type FooterParts = { html: Html; lines: string[] }

const securityFooter = (words: Footer, { brand }: TemplateContext): FooterParts => {
  const reason = words.security(brand)
  return { html: html`${reason}`, lines: [reason] }
}

const accountFooter = (words: Footer, { brand, link }: TemplateContext): FooterParts => {
  const reason = words.account(brand)
  const url = link(memberPages.preferences())
  return {
    html: html`${reason}<br />${plainLink({ label: words.preferences, url })}`,
    lines: [reason, `${words.preferences}:`, url],
  }
}
