import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailLinkHint } from '../emailLinkHint.ts'
import { heading, paragraph, warning } from '../emailParts.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { greetingOf } from '../sharedWords.ts'
import { type Template } from '../types.ts'

/** The link is whole, or a page of the members' site. */
type Data = { name?: string | null; link: string; validMinutes: number }
type Text = {
  subject: string
  asked: (brand: string) => string
  button: string
  validity: (minutes: number) => string
  ignore: string
}

const WORDS: Words<Text> = {
  en: {
    subject: 'Set a new password',
    asked: (brand) => `We received a request to change the password of your account with ${brand}.`,
    button: 'Set a new password',
    validity: (minutes) => `The link works once, within ${minutes} minutes.`,
    ignore:
      'If this was not you, ignore this message: your password stays as it is. Do not share the link with anyone.',
  },
  hi: {
    subject: 'नया पासवर्ड बनाएँ',
    asked: (brand) => `हमें ${brand} पर आपके खाते का पासवर्ड बदलने का अनुरोध मिला है।`,
    button: 'नया पासवर्ड बनाएँ',
    validity: (minutes) => `यह लिंक ${minutes} मिनट के अंदर सिर्फ़ एक बार काम करता है।`,
    ignore:
      'अगर यह अनुरोध आपने नहीं किया था, तो इस संदेश पर ध्यान न दें: आपका पासवर्ड वही रहेगा। यह लिंक किसी को न दें।',
  },
}

export const passwordReset: Template<Data> = {
  name: 'password-reset',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: {
    name: 'Asha Rao',
    link: memberPages.resetPassword('7f1c0d6be2a94c53'),
    validMinutes: 60,
  },

  email: ({ name, link, validMinutes }, context) => {
    const words = inLocale(WORDS, context.locale)
    const hello = greetingOf(name, context.locale)
    const asked = words.asked(context.brand)
    const validity = words.validity(validMinutes)
    const url = context.link(link)
    return composeEmail({
      subject: words.subject,
      preheader: validity,
      body: [
        heading(words.subject),
        paragraph(hello),
        paragraph(asked),
        emailButton({ label: words.button, url }),
        paragraph(validity),
        warning(words.ignore),
        emailLinkHint({ url, locale: context.locale }),
      ],
      text: [hello, '', asked, '', `${words.button}:`, url, '', validity, '', words.ignore],
      category: 'security',
      context,
    })
  },
}
