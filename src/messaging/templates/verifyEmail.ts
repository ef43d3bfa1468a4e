import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailLinkHint } from '../emailLinkHint.ts'
import { heading, paragraph, smallPrint } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { greetingOf } from '../sharedWords.ts'
import { type Template } from '../types.ts'

type Data = { name?: string | null; token: string }
type Text = { subject: string; ask: string; button: string; ignore: string }

const WORDS: Words<(brand: string) => Text> = {
  en: (brand) => ({
    subject: 'Confirm your e-mail address',
    ask: `Please confirm that this address belongs to your account with ${brand}.`,
    button: 'Confirm e-mail address',
    ignore: `If you did not open an account with ${brand}, ignore this message.`,
  }),
  hi: (brand) => ({
    subject: 'अपने ईमेल पते की पुष्टि करें',
    ask: `कृपया पुष्टि करें कि ${brand} पर आपके खाते का ईमेल पता यही है।`,
    button: 'ईमेल पते की पुष्टि करें',
    ignore: `अगर आपने ${brand} पर खाता नहीं बनाया है, तो इस संदेश पर ध्यान न दें।`,
  }),
}

/** In the fast lane: somebody sits in front of the form and waits. */
export const verifyEmail: Template<Data> = {
  name: 'verify-email',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { name: 'Asha Rao', token: 'q3Zt8Rr0Vn2xK1sYpLw7' },

  email: ({ name, token }, context) => {
    const words = inLocale(WORDS, context.locale)(context.brand)
    const hello = greetingOf(name, context.locale)
    const url = context.link(memberPages.verifyEmail(token))
    return composeEmail({
      subject: words.subject,
      preheader: words.ask,
      body: [
        heading(words.subject),
        paragraph(hello),
        paragraph(words.ask),
        emailButton({ label: words.button, url }),
        emailLinkHint({ url, locale: context.locale }),
        smallPrint(words.ignore),
      ],
      text: [hello, '', words.ask, '', `${words.button}:`, url, '', words.ignore],
      category: 'security',
      context,
    })
  },
}
