import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import type { Template } from '../types.ts'

/** What the member saw before, and sees now: in the wallet if `isCredited`, else as expected. */
type Data = {
  name?: string | null
  merchant: string
  fromMinor: number
  toMinor: number
  isCredited: boolean
  currency: string
}
type Text = {
  subject: (merchant: string) => string
  changed: (merchant: string) => string
  credited: string
  expected: string
  before: string
  now: string
  merchant: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `Changed cashback for an order at ${merchant}`,
    changed: (merchant) => `${merchant} has changed the amount of your order.`,
    credited: 'The difference was taken out of your wallet. Returned items earn nothing.',
    expected: 'It goes to your wallet once the merchant has confirmed the order.',
    before: 'Cashback before',
    now: 'Cashback now',
    merchant: 'Merchant',
  },
  hi: {
    subject: (merchant) => `${merchant} पर एक ऑर्डर का कैशबैक बदला`,
    changed: (merchant) => `${merchant} ने आपके ऑर्डर की रकम बदली है।`,
    credited: 'अंतर की रकम आपके वॉलेट से ली गई है। वापस किए गए सामान पर कैशबैक नहीं मिलता।',
    expected: 'दुकान के ऑर्डर की पुष्टि करने पर यह आपके वॉलेट में आ जाएगा।',
    before: 'पहले का कैशबैक',
    now: 'अब का कैशबैक',
    merchant: 'दुकान',
  },
}

export const cashbackChanged: Template<Data> = {
  name: 'cashback-changed',
  category: 'cashback',
  lane: 'bulk',
  sample: {
    name: 'Asha Rao',
    merchant: 'Corner & Co',
    fromMinor: 12_550,
    toMinor: 8_000,
    isCredited: false,
    currency: 'INR',
  },

  email: ({ currency, fromMinor, isCredited, merchant, name, toMinor }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const money = moneyFormatter(currency, context.locale)
    return composeMoneyEmail(
      {
        category: 'cashback',
        name,
        subject: texts.subject(merchant),
        event: texts.changed(merchant),
        facts: [
          [texts.before, money(fromMinor)],
          [texts.now, money(toMinor)],
          [texts.merchant, merchant],
        ],
        note: isCredited ? texts.credited : texts.expected,
      },
      context,
    )
  },
}
