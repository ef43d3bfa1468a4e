import { composeEmail } from '../email/composeEmail.ts'
import { heading, paragraph, warning } from '../email/emailParts.ts'
import { formatInstant, inLocale, type Translations } from '../locale.ts'
import { greet } from '../sharedTexts.ts'
import { maskForSms, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

/** `method` is masked, such as `•••• 1234`. `usableFrom`, ISO 8601, is that of a confirmed method. */
type Data = {
  name?: string | null
  kind: 'added' | 'confirmed' | 'removed'
  method: string
  usableFrom?: string | null
}
type Text = {
  subject: Record<Data['kind'], string>
  happened: Record<Data['kind'], (brand: string, method: string) => string>
  usable: (time: string) => string
  ignore: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: {
      added: 'A payout method was added',
      confirmed: 'A payout method was confirmed',
      removed: 'A payout method was removed',
    },
    happened: {
      added: (brand, method) =>
        `A payout method was added to your account with ${brand}: ${method}. It has to be confirmed by a code before it can be used.`,
      confirmed: (brand, method) =>
        `A payout method of your account with ${brand} was confirmed: ${method}.`,
      removed: (brand, method) =>
        `A payout method was removed from your account with ${brand}: ${method}. Withdrawals that you requested before are still paid to it.`,
    },
    usable: (time) => `You can use it for withdrawals from ${time}.`,
    ignore:
      'If this was not you, set a new password now and contact us: someone else may have access to your account.',
  },
  hi: {
    subject: {
      added: 'भुगतान का एक तरीक़ा जोड़ा गया',
      confirmed: 'भुगतान के एक तरीक़े की पुष्टि हुई',
      removed: 'भुगतान का एक तरीक़ा हटाया गया',
    },
    happened: {
      added: (brand, method) =>
        `${brand} पर आपके खाते में भुगतान का एक तरीक़ा जोड़ा गया: ${method}। उपयोग से पहले कोड से इसकी पुष्टि करनी होगी।`,
      confirmed: (brand, method) => `${brand} पर आपके खाते के भुगतान के एक तरीक़े की पुष्टि हुई: ${method}।`,
      removed: (brand, method) =>
        `${brand} पर आपके खाते से भुगतान का एक तरीक़ा हटाया गया: ${method}। पहले माँगी गई निकासी अब भी इसी पर भेजी जाएगी।`,
    },
    usable: (time) => `आप इसे निकासी के लिए ${time} से उपयोग कर सकते हैं।`,
    ignore:
      'अगर यह आपने नहीं किया, तो तुरंत नया पासवर्ड बनाएँ और हमसे संपर्क करें: हो सकता है कोई और आपके खाते का उपयोग कर रहा हो।',
  },
}

const SMS_KINDS: Translations<Record<Data['kind'], string>> = {
  en: { added: 'added', confirmed: 'confirmed', removed: 'removed' },
  hi: { added: 'जोड़ा गया', confirmed: 'पक्का हुआ', removed: 'हटाया गया' },
}

/** In the OTP lane: the sooner the owner reads it, the less a thief can do. */
export const payoutMethodChanged: Template<Data> = {
  name: 'payout-method-changed',
  category: 'security',
  lane: 'otp',
  sample: {
    name: 'Asha Rao',
    kind: 'confirmed',
    method: '•••• 6620',
    usableFrom: '2026-11-24T12:30:00.000Z',
  },

  email: ({ kind, method, name, usableFrom }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const subject = texts.subject[kind]
    const hello = greet(name, context.locale)
    const happened = texts.happened[kind](context.brand, method)
    const usable = usableFrom ? [texts.usable(formatInstant(usableFrom, context))] : []
    return composeEmail({
      subject,
      preheader: happened,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(happened),
        ...usable.map(paragraph),
        warning(texts.ignore),
      ],
      text: [hello, '', happened, ...usable, '', texts.ignore],
      category: 'security',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Payout method {method} was {change} in your {brand} account. If it was not you, change your password and contact us.',
      hi: '{brand}: भुगतान का तरीक़ा {method} {change}। यह आपने नहीं किया? पासवर्ड बदलें और हमें बताएँ।',
    },
    variables: ({ kind, method }, locale) => ({
      method: maskForSms(method),
      change: inLocale(SMS_KINDS, locale)[kind],
    }),
  }),
}
