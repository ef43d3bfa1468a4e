import { labelOf } from '../../domain/labels.ts'
import { composeEmail } from '../email/composeEmail.ts'
import {
  emailButton,
  emailFacts,
  type Fact,
  factLines,
  heading,
  paragraph,
  smallPrint,
} from '../email/emailParts.ts'
import { formatInstant, inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet } from '../sharedTexts.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

/** `maskedAccount` is masked, such as `•••• 6620`: a message never shows the whole account. */
type Data = {
  name?: string | null
  amountMinor: number
  currency: string
  /** `upi`, `bank`, `gift-card` or `paypal`; an unknown one is shown by its name. */
  method: string
  maskedAccount: string
  /** Instant, ISO 8601. */
  expectedBy: string
}
type Text = {
  subject: (amount: string) => string
  sent: string
  labels: [amount: string, method: string, account: string, expectedBy: string]
  methods: Record<string, string>
  button: string
  notYou: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} has been processed`,
    sent: 'Your money is on its way to you.',
    labels: ['Amount', 'Method', 'Account', 'Expected by'],
    methods: { upi: 'UPI', bank: 'Bank account', 'gift-card': 'Gift card', paypal: 'PayPal' },
    button: 'View withdrawals',
    notYou: 'If you did not request this withdrawal, change your password and contact us at once.',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी प्रोसेस हो गई है`,
    sent: 'आपके पैसे भेज दिए गए हैं।',
    labels: ['राशि', 'तरीक़ा', 'खाता', 'कब तक मिलने की उम्मीद'],
    methods: { upi: 'UPI', bank: 'बैंक खाता', 'gift-card': 'गिफ़्ट कार्ड', paypal: 'PayPal' },
    button: 'निकासी देखें',
    notYou: 'अगर यह निकासी आपने नहीं माँगी थी, तो अपना पासवर्ड बदलें और हमें तुरंत बताएँ।',
  },
}

export const withdrawalProcessed: Template<Data> = {
  name: 'withdrawal-processed',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    amountMinor: 500_000,
    currency: 'INR',
    method: 'bank',
    maskedAccount: '•••• 6620',
    expectedBy: '2026-11-24T12:30:00.000Z',
  },

  email: ({ name, amountMinor, currency, method, maskedAccount, expectedBy }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const amount = moneyFormatter(currency, context.locale)(amountMinor)
    const subject = texts.subject(amount)
    const hello = greet(name, context.locale)
    const [amountLabel, methodLabel, accountLabel, expectedLabel] = texts.labels
    const expected = formatInstant(expectedBy, context)
    const rows: Fact[] = [
      [amountLabel, amount],
      [methodLabel, texts.methods[method] ?? labelOf(method)],
      [accountLabel, maskedAccount],
      [expectedLabel, expected],
    ]
    const url = context.link(memberPages.withdrawals())
    return composeEmail({
      subject,
      preheader: `${expectedLabel}: ${expected}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(texts.sent),
        emailFacts(rows),
        emailButton({ label: texts.button, url }),
        smallPrint(texts.notYou),
      ],
      text: [
        hello,
        '',
        texts.sent,
        '',
        ...factLines(rows),
        '',
        `${texts.button}:`,
        url,
        '',
        texts.notYou,
      ],
      category: 'withdrawals',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} processed successfully. - {brand}',
      hi: 'रु.{amount} की निकासी सफल रही। - {brand}',
    },
    variables: ({ amountMinor, currency }) => ({ amount: smsAmount(amountMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
