import { wordOf } from '../../domain/words.ts'
import { composeEmail } from '../composeEmail.ts'
import { emailButton } from '../emailButton.ts'
import { emailFacts, type Fact, factLines } from '../emailFacts.ts'
import { heading, paragraph, smallPrint } from '../emailParts.ts'
import { formatInstant } from '../formatInstant.ts'
import { inLocale, type Words } from '../inLocale.ts'
import { memberPages } from '../memberPages.ts'
import { moneyIn } from '../moneyIn.ts'
import { greetingOf } from '../sharedWords.ts'
import { smsAmount, smsText } from '../smsText.ts'
import { type Template } from '../types.ts'

/** `maskedAccount` comes masked, such as `•••• 6620`: the whole of it is never in a message. */
type Data = {
  name?: string | null
  amountMinor: number
  currency: string
  /** `upi`, `bank`, `gift-card` or `paypal`; a later one is shown by its name. */
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

const WORDS: Words<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} has been processed`,
    sent: 'Your money is on its way to you.',
    labels: ['Amount', 'Method', 'Account', 'Expected by'],
    methods: { upi: 'UPI', bank: 'Bank account', 'gift-card': 'Gift card', paypal: 'PayPal' },
    button: 'View withdrawals',
    notYou: 'If you did not ask for this withdrawal, change your password and tell us at once.',
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
    const words = inLocale(WORDS, context.locale)
    const amount = moneyIn(currency, context.locale)(amountMinor)
    const subject = words.subject(amount)
    const hello = greetingOf(name, context.locale)
    const [amountLabel, methodLabel, accountLabel, expectedLabel] = words.labels
    const expected = formatInstant(expectedBy, context)
    const rows: Fact[] = [
      [amountLabel, amount],
      [methodLabel, words.methods[method] ?? wordOf(method)],
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
        paragraph(words.sent),
        emailFacts(rows),
        emailButton({ label: words.button, url }),
        smallPrint(words.notYou),
      ],
      text: [
        hello,
        '',
        words.sent,
        '',
        ...factLines(rows),
        '',
        `${words.button}:`,
        url,
        '',
        words.notYou,
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
