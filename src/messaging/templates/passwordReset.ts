import { composeEmail } from '../email/composeEmail.ts'
import { emailButton, emailLinkHint, heading, paragraph, warning } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** The link is a complete URL, or a path on the members' site. */
type Data = { name?: string | null; link: string; validMinutes: number }
type Text = {
  subject: string
  received: (brand: string) => string
  button: string
  validity: (minutes: number) => string
  ignore: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: 'Set a new password',
    received: (brand) =>
      `We received a request to change the password of your account with ${brand}.`,
    button: 'Set a new password',
    validity: (minutes) => `The link works once, within ${minutes} minutes.`,
    ignore:
      'If this was not you, ignore this message: your password stays as it is. Do not share the link with anyone.',
  },
  hi: {
    subject: 'नया पासवर्ड बनाएँ',
    received: (brand) => `हमें ${brand} पर आपके खाते का पासवर्ड बदलने का अनुरोध मिला है।`,
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
    const texts = inLocale(TEXTS, context.locale)
    const hello = greet(name, context.locale)
    const received = texts.received(context.brand)
    const validity = texts.validity(validMinutes)
    const url = context.link(link)
    return composeEmail({
      subject: texts.subject,
      preheader: validity,
      body: [
        heading(texts.subject),
        paragraph(hello),
        paragraph(received),
        emailButton({ label: texts.button, url }),
        paragraph(validity),
        warning(texts.ignore),
        emailLinkHint({ url, locale: context.locale }),
      ],
      text: [hello, '', received, '', `${texts.button}:`, url, '', validity, '', texts.ignore],
      category: 'security',
      context,
    })
  },
}
