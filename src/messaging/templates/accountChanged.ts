import { composeEmail } from '../email/composeEmail.ts'
import { heading, paragraph, warning } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { greet } from '../sharedTexts.ts'
import type { Template } from '../types.ts'

/** `newEmail` is masked: the message goes to the address that the account leaves. */
type Data = {
  name?: string | null
  kind: 'email' | 'email-requested' | 'password'
  newEmail?: string | null
}
type Text = {
  subject: Record<Data['kind'], string>
  happened: Record<Data['kind'], (brand: string, newEmail: string) => string>
  ignore: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: {
      email: 'Your e-mail address was changed',
      'email-requested': 'A change of your e-mail address was requested',
      password: 'Your password was changed',
    },
    happened: {
      email: (brand, to) => `The e-mail address of your account with ${brand} is now ${to}.`,
      'email-requested': (brand, to) =>
        `The e-mail address of your account with ${brand} will be ${to} once it is confirmed. Until then it stays this one.`,
      password: (brand) =>
        `The password of your account with ${brand} was changed. Other devices were signed out.`,
    },
    ignore:
      'If this was not you, set a new password now and contact us: someone else may have access to your account.',
  },
  hi: {
    subject: {
      email: 'आपका ईमेल पता बदल दिया गया है',
      'email-requested': 'आपका ईमेल पता बदलने का अनुरोध मिला है',
      password: 'आपका पासवर्ड बदल दिया गया है',
    },
    happened: {
      email: (brand, to) => `${brand} पर आपके खाते का ईमेल पता अब ${to} है।`,
      'email-requested': (brand, to) =>
        `पुष्टि होने पर ${brand} पर आपके खाते का ईमेल पता ${to} हो जाएगा। तब तक यही पता रहेगा।`,
      password: (brand) =>
        `${brand} पर आपके खाते का पासवर्ड बदल दिया गया है। दूसरे डिवाइस साइन आउट कर दिए गए हैं।`,
    },
    ignore:
      'अगर यह आपने नहीं किया, तो तुरंत नया पासवर्ड बनाएँ और हमसे संपर्क करें: हो सकता है कोई और आपके खाते का उपयोग कर रहा हो।',
  },
}

/** In the OTP lane: the sooner the owner reads it, the less a thief can do. */
export const accountChanged: Template<Data> = {
  name: 'account-changed',
  category: 'security',
  lane: 'otp',
  sample: { name: 'Asha Rao', kind: 'email', newEmail: 'as•••@example.in' },

  email: ({ kind, name, newEmail }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const subject = texts.subject[kind]
    const hello = greet(name, context.locale)
    const happened = texts.happened[kind](context.brand, newEmail ?? '')
    return composeEmail({
      subject,
      preheader: happened,
      body: [heading(subject), paragraph(hello), paragraph(happened), warning(texts.ignore)],
      text: [hello, '', happened, '', texts.ignore],
      category: 'security',
      context,
    })
  },
}
