import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import type { Template } from '../types.ts'

type Data = { name?: string | null; merchant: string; amountMinor: number; currency: string }
type Text = {
  subject: (merchant: string) => string
  tracked: (merchant: string) => string
  later: string
  amount: string
  merchant: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `We see your order at ${merchant}`,
    tracked: (merchant) => `${merchant} has reported your order. Your cashback is pending.`,
    later: 'It goes to your wallet once the merchant has confirmed the order, often after weeks.',
    amount: 'Expected cashback',
    merchant: 'Merchant',
  },
  hi: {
    subject: (merchant) => `${merchant} पर आपका ऑर्डर हमें मिल गया है`,
    tracked: (merchant) => `${merchant} ने हमें आपके ऑर्डर की जानकारी दी है। आपका कैशबैक लंबित है।`,
    later: 'दुकान के ऑर्डर की पुष्टि करने पर, अक्सर कुछ हफ़्तों में, यह आपके वॉलेट में आ जाएगा।',
    amount: 'संभावित कैशबैक',
    merchant: 'दुकान',
  },
}

export const cashbackTracked: Template<Data> = {
  name: 'cashback-tracked',
  category: 'cashback',
  lane: 'bulk',
  sample: { name: 'Asha Rao', merchant: 'Corner & Co', amountMinor: 12_550, currency: 'INR' },

  email: ({ amountMinor, currency, merchant, name }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    return composeMoneyEmail(
      {
        category: 'cashback',
        name,
        subject: texts.subject(merchant),
        event: texts.tracked(merchant),
        facts: [
          [texts.amount, moneyFormatter(currency, context.locale)(amountMinor)],
          [texts.merchant, merchant],
        ],
        note: texts.later,
      },
      context,
    )
  },
}
