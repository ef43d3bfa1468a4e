import { composeEmail } from '../email/composeEmail.ts'
import { bigCode, heading, paragraph, smallPrint, warning } from '../email/emailParts.ts'
import { inLocale, type Translations } from '../locale.ts'
import { smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

type Data = { code: string }
type Text = {
  subject: string
  title: string
  enter: string
  validity: string
  never: string
  ignore: string
}

/** The code is in neither the subject nor the preview, because a locked phone shows both. */
const TEXTS: Translations<(brand: string) => Text> = {
  en: (brand) => ({
    subject: `Your OTP for ${brand}`,
    title: 'Your one-time code',
    enter: `Enter this code to continue at ${brand}:`,
    validity: 'It is valid for 10 minutes and works once.',
    never: `Do not share this code with anyone, by phone, chat or e-mail. ${brand} never asks you for it.`,
    ignore:
      'If you did not request a code, ignore this message. No one can continue without the code.',
  }),
  hi: (brand) => ({
    subject: `${brand} के लिए आपका OTP`,
    title: 'आपका वन-टाइम कोड',
    enter: `${brand} पर आगे बढ़ने के लिए यह कोड डालें:`,
    validity: 'यह 10 मिनट तक मान्य है और सिर्फ़ एक बार काम करता है।',
    never: `यह कोड किसी को न बताएँ: न फ़ोन पर, न चैट में, न ईमेल में। ${brand} आपसे यह कोड कभी नहीं माँगता।`,
    ignore: 'अगर आपने कोड नहीं माँगा था, तो इस संदेश पर ध्यान न दें। कोड के बिना कोई आगे नहीं बढ़ सकता।',
  }),
}

/** Proves that a person holds a phone or reads a mailbox. */
export const otp: Template<Data> = {
  name: 'otp',
  category: 'security',
  lane: 'otp',
  isSecret: true,
  sample: { code: '402913' },

  email: ({ code }, context) => {
    const texts = inLocale(TEXTS, context.locale)(context.brand)
    return composeEmail({
      subject: texts.subject,
      preheader: texts.validity,
      body: [
        heading(texts.title),
        paragraph(texts.enter),
        bigCode(code),
        paragraph(texts.validity),
        warning(texts.never),
        smallPrint(texts.ignore),
      ],
      text: [texts.enter, '', code, '', texts.validity, texts.never, '', texts.ignore],
      category: 'security',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Your OTP for {brand} is {otp}. Valid for 10 minutes. Do not share.',
      hi: '{brand} के लिए आपका OTP {otp} है। 10 मिनट तक मान्य। किसी को न बताएँ।',
    },
    variables: ({ code }) => ({ otp: code }),
  }),
}
