import { composeEmail } from '../email/composeEmail.ts'
import {
  emailButton,
  emailFacts,
  type Fact,
  factLines,
  heading,
  paragraph,
} from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { memberPages } from '../memberPages.ts'
import { greet, sharedTexts } from '../sharedTexts.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

/** `balanceMinor` is the balance of the wallet of that currency after the credit. */
type Data = {
  name?: string | null
  merchant: string
  amountMinor: number
  balanceMinor: number
  currency: string
}
type Text = {
  subject: (amount: string, merchant: string) => string
  title: (amount: string) => string
  credited: (merchant: string) => string
  amount: string
  merchant: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount, merchant) => `${amount} cashback from ${merchant}`,
    title: (amount) => `${amount} cashback is in your wallet`,
    credited: (merchant) => `The cashback for your order at ${merchant} has been credited.`,
    amount: 'Cashback',
    merchant: 'Merchant',
  },
  hi: {
    subject: (amount, merchant) => `${merchant} से ${amount} कैशबैक`,
    title: (amount) => `${amount} कैशबैक आपके वॉलेट में आ गया है`,
    credited: (merchant) => `${merchant} पर आपके ऑर्डर का कैशबैक जमा कर दिया गया है।`,
    amount: 'कैशबैक',
    merchant: 'दुकान',
  },
}

export const cashbackCredited: Template<Data> = {
  name: 'cashback-credited',
  category: 'cashback',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    merchant: 'Corner & Co',
    amountMinor: 12_550,
    balanceMinor: 12_345_678,
    currency: 'INR',
  },

  email: ({ name, merchant, amountMinor, balanceMinor, currency }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const shared = sharedTexts(context.locale)
    const money = moneyFormatter(currency, context.locale)
    const amount = money(amountMinor)
    const hello = greet(name, context.locale)
    const credited = texts.credited(merchant)
    const rows: Fact[] = [
      [texts.amount, amount],
      [texts.merchant, merchant],
      [shared.newBalance, money(balanceMinor)],
    ]
    const url = context.link(memberPages.wallet())
    return composeEmail({
      subject: texts.subject(amount, merchant),
      preheader: `${shared.newBalance}: ${money(balanceMinor)}`,
      body: [
        heading(texts.title(amount)),
        paragraph(hello),
        paragraph(credited),
        emailFacts(rows),
        emailButton({ label: shared.viewWallet, url }),
      ],
      text: [hello, '', credited, '', ...factLines(rows), '', `${shared.viewWallet}:`, url],
      category: 'cashback',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Rs.{amount} cashback credited to your wallet from {merchant}. - {brand}',
      hi: '{merchant} से रु.{amount} कैशबैक आपके वॉलेट में जमा। - {brand}',
    },
    variables: ({ merchant, amountMinor, currency }) => ({
      amount: smsAmount(amountMinor, currency),
      merchant,
    }),
    currencyOf: ({ currency }) => currency,
  }),
}
