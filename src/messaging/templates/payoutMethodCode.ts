import { composeEmail } from '../email/composeEmail.ts'
import { bigCode, heading, paragraph, smallPrint, warning } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { maskForSms, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

/** `method` is masked, such as `•••• 1234`: the reader recognises it, and no one can use it. */
type Data = { code: string; method: string }
type Text = {
  subject: string
  title: string
  enter: (method: string) => string
  validity: string
  never: string
  ignore: string
}

/** The code is in neither the subject nor the preview, because a locked phone shows both. */
const TEXTS: Translations<(brand: string) => Text> = {
  en: (brand) => ({
    subject: `Confirm your payout method with ${brand}`,
    title: 'Confirm your payout method',
    enter: (method) => `Enter this code to receive withdrawals to ${method}:`,
    validity: 'It is valid for 10 minutes and works once.',
    never: `Do not share this code with anyone, by phone, chat or e-mail. ${brand} never asks you for it.`,
    ignore:
      'If you did not add this method, do not enter the code: change your password and contact us.',
  }),
  hi: (brand) => ({
    subject: `${brand} पर अपने भुगतान के तरीक़े की पुष्टि करें`,
    title: 'अपने भुगतान के तरीक़े की पुष्टि करें',
    enter: (method) => `${method} पर निकासी पाने के लिए यह कोड डालें:`,
    validity: 'यह 10 मिनट तक मान्य है और सिर्फ़ एक बार काम करता है।',
    never: `यह कोड किसी को न बताएँ: न फ़ोन पर, न चैट में, न ईमेल में। ${brand} आपसे यह कोड कभी नहीं माँगता।`,
    ignore: 'अगर यह तरीक़ा आपने नहीं जोड़ा, तो कोड न डालें: अपना पासवर्ड बदलें और हमसे संपर्क करें।',
  }),
}

/** Proves that the member added a payout method. Names the method: a code for another is noticed. */
export const payoutMethodCode: Template<Data> = {
  name: 'payout-method-code',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { code: '402913', method: '•••• 6620' },

  email: ({ code, method }, context) => {
    const texts = inLocale(TEXTS, context.locale)(context.brand)
    const enter = texts.enter(method)
    return composeEmail({
      subject: texts.subject,
      preheader: texts.validity,
      body: [
        heading(texts.title),
        paragraph(enter),
        bigCode(code),
        paragraph(texts.validity),
        warning(texts.never),
        smallPrint(texts.ignore),
      ],
      text: [enter, '', code, '', texts.validity, texts.never, '', texts.ignore],
      category: 'security',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Your OTP for {brand} to receive withdrawals to {method} is {otp}. Valid for 10 minutes. Do not share.',
      hi: '{method} पर निकासी पाने के लिए {brand} का OTP {otp} है। 10 मिनट तक मान्य। किसी को न बताएँ।',
    },
    variables: ({ code, method }) => ({ otp: code, method: maskForSms(method) }),
  }),
}
