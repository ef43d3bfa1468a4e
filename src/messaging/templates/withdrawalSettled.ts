import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import type { Fact } from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type MaskedMethod, methodFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/**
 * The payment is confirmed. A gift card is shown on the member's page alone, never in a message.
 */
type Data = MaskedMethod & {
  name?: string | null
  reference: string
  netMinor: number
  currency: string
  /** The bank's reference of the transfer (UTR); null if it gave none. */
  bankReference?: string | null
  isGiftCard: boolean
}
type Text = {
  paid: { subject: (amount: string) => string; event: string; note: string }
  giftCard: { subject: (amount: string) => string; event: string; note: string }
  /** Instead of the note of a payment that has no bank reference. */
  askBank: string
}

const TEXTS: Translations<Text> = {
  en: {
    paid: {
      subject: (amount) => `Your withdrawal of ${amount} has been paid`,
      event: 'The payment to your account is confirmed.',
      note: 'If you do not see the money by the next working day, contact us.',
    },
    giftCard: {
      subject: (amount) => `Your gift card of ${amount} is ready`,
      event: 'You find the gift card on the page of your withdrawals.',
      note: 'For your safety, its code is never in a message. Do not share it with anyone.',
    },
    askBank: 'If you do not see the money, give the bank reference to your bank.',
  },
  hi: {
    paid: {
      subject: (amount) => `${amount} की आपकी निकासी का भुगतान हो गया है`,
      event: 'आपके खाते में भुगतान की पुष्टि हो गई है।',
      note: 'अगर अगले कामकाजी दिन तक पैसे न दिखें, तो हमें बताएँ।',
    },
    giftCard: {
      subject: (amount) => `आपका ${amount} का गिफ़्ट कार्ड तैयार है`,
      event: 'गिफ़्ट कार्ड आपकी निकासियों के पेज पर है।',
      note: 'आपकी सुरक्षा के लिए उसका कोड कभी किसी संदेश में नहीं भेजा जाता। उसे किसी को न बताएँ।',
    },
    askBank: 'अगर पैसे न दिखें, तो बैंक की संदर्भ संख्या अपने बैंक को दें।',
  },
}

export const withdrawalSettled: Template<Data> = {
  name: 'withdrawal-settled',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    netMinor: 474_000,
    currency: 'INR',
    method: 'bank-in',
    maskedAccount: '•••• 6620',
    bankReference: 'HDFCN52026112448213377',
    isGiftCard: false,
  },

  email: ({ name, reference, netMinor, currency, bankReference, isGiftCard, ...to }, context) => {
    const { askBank, giftCard, paid } = inLocale(TEXTS, context.locale)
    const labels = withdrawalTexts(context.locale)
    const amount = moneyFormatter(currency, context.locale)(netMinor)
    const { event, note, subject } = isGiftCard ? giftCard : paid
    return composeMoneyEmail(
      {
        category: 'withdrawals',
        name,
        subject: subject(amount),
        event,
        facts: [
          [labels.reference, reference],
          [labels.amount, amount],
          ...methodFacts(to, context.locale),
          ...(bankReference ? [[labels.bankReference, bankReference] as Fact] : []),
        ],
        note: bankReference && !isGiftCard ? askBank : note,
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} is complete. See the details in your account. - {brand}',
      hi: 'रु.{amount} की निकासी पूरी हो गई। विवरण अपने खाते में देखें। - {brand}',
    },
    variables: ({ netMinor, currency }) => ({ amount: smsAmount(netMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
