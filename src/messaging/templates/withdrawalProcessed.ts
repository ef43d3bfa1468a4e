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
import { greet, sharedTexts } from '../sharedTexts.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type MaskedMethod, methodFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/** The order to pay was sent. `amountMinor` is the net amount: what the member receives. */
type Data = MaskedMethod & {
  name?: string | null
  reference: string
  amountMinor: number
  currency: string
  /** Instant, ISO 8601. */
  expectedBy: string
}
type Text = { subject: (amount: string) => string; sent: string; expectedBy: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `Your withdrawal of ${amount} has been processed`,
    sent: 'Your money is on its way to you.',
    expectedBy: 'Expected by',
  },
  hi: {
    subject: (amount) => `${amount} की आपकी निकासी प्रोसेस हो गई है`,
    sent: 'आपके पैसे भेज दिए गए हैं।',
    expectedBy: 'कब तक मिलने की उम्मीद',
  },
}

export const withdrawalProcessed: Template<Data> = {
  name: 'withdrawal-processed',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    amountMinor: 500_000,
    currency: 'INR',
    method: 'bank-in',
    maskedAccount: '•••• 6620',
    expectedBy: '2026-11-24T12:30:00.000Z',
  },

  email: ({ name, reference, amountMinor, currency, expectedBy, ...method }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const shared = withdrawalTexts(context.locale)
    const { viewWithdrawals } = sharedTexts(context.locale)
    const amount = moneyFormatter(currency, context.locale)(amountMinor)
    const subject = texts.subject(amount)
    const hello = greet(name, context.locale)
    const expected = formatInstant(expectedBy, context)
    const rows: Fact[] = [
      [shared.reference, reference],
      [shared.amount, amount],
      ...methodFacts(method, context.locale),
      [texts.expectedBy, expected],
    ]
    const url = context.link(memberPages.withdrawals())
    return composeEmail({
      subject,
      preheader: `${texts.expectedBy}: ${expected}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(texts.sent),
        emailFacts(rows),
        emailButton({ label: viewWithdrawals, url }),
        smallPrint(shared.notYou),
      ],
      text: [
        hello,
        '',
        texts.sent,
        '',
        ...factLines(rows),
        '',
        `${viewWithdrawals}:`,
        url,
        '',
        shared.notYou,
      ],
      category: 'withdrawals',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} processed successfully. - {brand}',
      hi: 'रु.{amount} की निकासी प्रोसेस हो गई है। - {brand}',
    },
    variables: ({ amountMinor, currency }) => ({ amount: smsAmount(amountMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
