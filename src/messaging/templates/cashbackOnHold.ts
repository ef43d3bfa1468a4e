import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import type { Template } from '../types.ts'

/** `takenBackMinor` is above zero: what was in the wallet before. */
type Data = { name?: string | null; merchant: string; takenBackMinor: number; currency: string }
type Text = {
  subject: (merchant: string) => string
  held: (merchant: string) => string
  note: string
  takenBack: string
  merchant: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (merchant) => `Cashback on hold for an order at ${merchant}`,
    held: (merchant) => `${merchant} has put your order back on hold.`,
    note: 'Your order is not declined. The cashback comes back to your wallet when the merchant confirms it again.',
    takenBack: 'On hold, out of your wallet for now',
    merchant: 'Merchant',
  },
  hi: {
    subject: (merchant) => `${merchant} पर एक ऑर्डर का कैशबैक रुका हुआ है`,
    held: (merchant) => `${merchant} ने आपके ऑर्डर को फिर से रोक दिया है।`,
    note: 'आपका ऑर्डर अस्वीकार नहीं हुआ है। दुकान के फिर से पुष्टि करने पर कैशबैक आपके वॉलेट में वापस आ जाएगा।',
    takenBack: 'अभी रुका हुआ, फ़िलहाल वॉलेट से बाहर',
    merchant: 'दुकान',
  },
}

export const cashbackOnHold: Template<Data> = {
  name: 'cashback-on-hold',
  category: 'cashback',
  lane: 'bulk',
  sample: { name: 'Asha Rao', merchant: 'Corner & Co', takenBackMinor: 12_550, currency: 'INR' },

  email: ({ currency, merchant, name, takenBackMinor }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const money = moneyFormatter(currency, context.locale)
    return composeMoneyEmail(
      {
        category: 'cashback',
        name,
        subject: texts.subject(merchant),
        event: texts.held(merchant),
        facts: [
          [texts.takenBack, money(takenBackMinor)],
          [texts.merchant, merchant],
        ],
        note: texts.note,
      },
      context,
    )
  },
}
