import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import type { Fact } from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import type { Template } from '../types.ts'

/** `takenBackMinor` is the credited amount that is taken back; zero if none was credited. */
type Data = {
  name?: string | null
  merchant: string
  amountMinor: number
  takenBackMinor: number
  currency: string
}
type Text = {
  subject: (merchant: string) => string
  declined: (merchant: string) => string
  why: string
  amount: string
  takenBack: string
  merchant: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `No cashback for an order at ${merchant}`,
    declined: (merchant) => `${merchant} did not confirm your order.`,
    why: 'Merchants decline orders that were cancelled or returned, or that broke their terms. If this is a mistake, write to us with your order number.',
    amount: 'Cashback',
    takenBack: 'Taken out of your wallet',
    merchant: 'Merchant',
  },
  hi: {
    subject: (merchant) => `${merchant} पर एक ऑर्डर का कैशबैक नहीं मिला`,
    declined: (merchant) => `${merchant} ने आपके ऑर्डर की पुष्टि नहीं की।`,
    why: 'रद्द या वापस किए गए ऑर्डर, या जो दुकान की शर्तों के अनुसार नहीं हैं, उन्हें दुकान अस्वीकार कर देती है। अगर यह ग़लती है, तो अपने ऑर्डर नंबर के साथ हमें लिखें।',
    amount: 'कैशबैक',
    takenBack: 'आपके वॉलेट से वापस लिया गया',
    merchant: 'दुकान',
  },
}

export const cashbackDeclined: Template<Data> = {
  name: 'cashback-declined',
  category: 'cashback',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    merchant: 'Corner & Co',
    amountMinor: 12_550,
    takenBackMinor: 12_550,
    currency: 'INR',
  },

  email: ({ amountMinor, currency, merchant, name, takenBackMinor }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const money = moneyFormatter(currency, context.locale)
    const facts: Fact[] = [
      [texts.amount, money(amountMinor)],
      [texts.merchant, merchant],
      ...(takenBackMinor > 0 ? [[texts.takenBack, money(takenBackMinor)] as Fact] : []),
    ]
    return composeMoneyEmail(
      {
        category: 'cashback',
        name,
        subject: texts.subject(merchant),
        event: texts.declined(merchant),
        facts,
        note: texts.why,
      },
      context,
    )
  },
}
