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
import { greet } from '../sharedTexts.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'

type Data = {
  name?: string | null
  orderNumber: string
  totalMinor: number
  currency: string
  itemCount: number
}
type Text = {
  subject: (number: string) => string
  thanks: (brand: string) => string
  number: string
  items: string
  total: string
  button: string
}

const TEXTS: Translations<Text> = {
  en: {
    subject: (number) => `Order ${number} confirmed`,
    thanks: (brand) => `Thank you for shopping with ${brand}. Your order is confirmed.`,
    number: 'Order number',
    items: 'Items',
    total: 'Total',
    button: 'View order',
  },
  hi: {
    subject: (number) => `ऑर्डर ${number} की पुष्टि हो गई`,
    thanks: (brand) => `${brand} से ख़रीदारी करने के लिए धन्यवाद। आपके ऑर्डर की पुष्टि हो गई है।`,
    number: 'ऑर्डर नंबर',
    items: 'आइटम',
    total: 'कुल राशि',
    button: 'ऑर्डर देखें',
  },
}

export const orderConfirmed: Template<Data> = {
  name: 'order-confirmed',
  category: 'orders',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    orderNumber: 'TR-10482',
    totalMinor: 1_249_900,
    currency: 'INR',
    itemCount: 3,
  },

  email: ({ name, orderNumber, totalMinor, currency, itemCount }, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const subject = texts.subject(orderNumber)
    const total = moneyFormatter(currency, context.locale)(totalMinor)
    const hello = greet(name, context.locale)
    const thanks = texts.thanks(context.brand)
    const rows: Fact[] = [
      [texts.number, orderNumber],
      [texts.items, String(itemCount)],
      [texts.total, total],
    ]
    const url = context.link(memberPages.order(orderNumber))
    return composeEmail({
      subject,
      preheader: `${texts.total}: ${total}`,
      body: [
        heading(subject),
        paragraph(hello),
        paragraph(thanks),
        emailFacts(rows),
        emailButton({ label: texts.button, url }),
      ],
      text: [hello, '', thanks, '', ...factLines(rows), '', `${texts.button}:`, url],
      category: 'orders',
      context,
    })
  },

  ...smsText<Data>({
    texts: {
      en: 'Order {order_number} confirmed! Amount: Rs.{amount}. Thank you for shopping with {brand}.',
      hi: 'ऑर्डर {order_number} की पुष्टि हो गई! राशि: रु.{amount}। - {brand}',
    },
    variables: ({ orderNumber, totalMinor, currency }) => ({
      order_number: orderNumber,
      amount: smsAmount(totalMinor, currency),
    }),
    currencyOf: ({ currency }) => currency,
  }),
}
