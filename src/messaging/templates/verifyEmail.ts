import { composeEmail } from '../email/composeEmail.ts'
import { emailButton, emailLinkHint, heading, paragraph, smallPrint } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** `link` is a complete URL, for staff; members confirm on their own site. */
type Data = { name?: string | null; token: string; link?: string | null }
type Text = { subject: string; confirm: string; button: string; ignore: string }

const TEXTS: Translations<(brand: string) => Text> = {
  en: (brand) => ({
    subject: 'Confirm your e-mail address',
    confirm: `Please confirm that this address belongs to your account with ${brand}.`,
    button: 'Confirm e-mail address',
    ignore: `If you did not open an account with ${brand}, ignore this message.`,
  }),
  hi: (brand) => ({
    subject: 'अपने ईमेल पते की पुष्टि करें',
    confirm: `कृपया पुष्टि करें कि ${brand} पर आपके खाते का ईमेल पता यही है।`,
    button: 'ईमेल पते की पुष्टि करें',
    ignore: `अगर आपने ${brand} पर खाता नहीं बनाया है, तो इस संदेश पर ध्यान न दें।`,
  }),
}

/** In the OTP lane, because a person waits in front of the form. */
export const verifyEmail: Template<Data> = {
  name: 'verify-email',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { name: 'Asha Rao', token: 'q3Zt8Rr0Vn2xK1sYpLw7' },

  email: ({ link, name, token }, context) => {
    const texts = inLocale(TEXTS, context.locale)(context.brand)
    const hello = greet(name, context.locale)
    const url = context.link(link ?? memberPages.verifyEmail(token))
    return composeEmail({
      subject: texts.subject,
      preheader: texts.confirm,
      body: [
        heading(texts.subject),
        paragraph(hello),
        paragraph(texts.confirm),
        emailButton({ label: texts.button, url }),
        emailLinkHint({ url, locale: context.locale }),
        smallPrint(texts.ignore),
      ],
      text: [hello, '', texts.confirm, '', `${texts.button}:`, url, '', texts.ignore],
      category: 'security',
      context,
    })
  },
}
