import { composeEmail } from '../email/composeEmail.ts'
import { emailButton, emailLinkHint, heading, paragraph, smallPrint } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

type Data = { name?: string | null }
type Text = { subject: string; happened: string; button: string; ignore: string }

const TEXTS: Translations<(brand: string) => Text> = {
  en: (brand) => ({
    subject: 'You already have an account',
    happened: `Someone, perhaps you, tried to use this address for an account with ${brand}. You have one already: sign in with your password, or set a new one if you forgot it.`,
    button: 'Set a new password',
    ignore: 'If this was not you, ignore this message: your account is unchanged.',
  }),
  hi: (brand) => ({
    subject: 'आपका खाता पहले से है',
    happened: `किसी ने, शायद आपने, इस पते से ${brand} पर खाता बनाना चाहा। आपका खाता पहले से है: अपने पासवर्ड से साइन इन करें, या भूल गए हों तो नया बनाएँ।`,
    button: 'नया पासवर्ड बनाएँ',
    ignore: 'अगर यह आपने नहीं किया, तो इस संदेश पर ध्यान न दें: आपका खाता वैसा ही है।',
  }),
}

/** The answer to a registration with a known address, for its owner alone. */
export const alreadyRegistered: Template<Data> = {
  name: 'already-registered',
  category: 'security',
  lane: 'bulk',
  sample: { name: 'Asha Rao' },

  email: ({ name }, context) => {
    const texts = inLocale(TEXTS, context.locale)(context.brand)
    const hello = greet(name, context.locale)
    const url = context.link(memberPages.forgotPassword())
    return composeEmail({
      subject: texts.subject,
      preheader: texts.happened,
      body: [
        heading(texts.subject),
        paragraph(hello),
        paragraph(texts.happened),
        emailButton({ label: texts.button, url }),
        emailLinkHint({ url, locale: context.locale }),
        smallPrint(texts.ignore),
      ],
      text: [hello, '', texts.happened, '', `${texts.button}:`, url, '', texts.ignore],
      category: 'security',
      context,
    })
  },
}
