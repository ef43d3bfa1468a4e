import { composeMoneyEmail } from '../email/composeMoneyEmail.ts'
import type { Fact } from '../email/emailParts.ts'
import { inLocale, moneyFormatter, type Translations } from '../locale.ts'
import { smsAmount, smsText } from '../sms/smsText.ts'
import type { Template } from '../types.ts'
import { type MaskedMethod, methodFacts, withdrawalTexts } from '../withdrawalTexts.ts'

/** Gross = net + fee + deduction. A fee or deduction of zero is not listed. */
type Data = MaskedMethod & {
  name?: string | null
  reference: string
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
}
type Text = { subject: (amount: string) => string; event: string; note: string }

const TEXTS: Translations<Text> = {
  en: {
    subject: (amount) => `You requested a withdrawal of ${amount}`,
    event: 'We have received your request, and check it before we send the money.',
    note: 'Until then, the amount is held in your wallet. You can cancel the withdrawal until it is approved.',
  },
  hi: {
    subject: (amount) => `आपने ${amount} की निकासी माँगी है`,
    event: 'हमें आपका अनुरोध मिल गया है। पैसे भेजने से पहले हम उसकी जाँच करते हैं।',
    note: 'तब तक यह राशि आपके वॉलेट में रुकी रहेगी। मंज़ूरी मिलने तक आप निकासी रद्द कर सकते हैं।',
  },
}

export const withdrawalRequested: Template<Data> = {
  name: 'withdrawal-requested',
  category: 'withdrawals',
  lane: 'money',
  sample: {
    name: 'Asha Rao',
    reference: 'W-7K3M9Q2PXA',
    grossMinor: 500_000,
    feeMinor: 1_000,
    deductionMinor: 25_000,
    netMinor: 474_000,
    currency: 'INR',
    method: 'upi',
    maskedAccount: 'as•••@okhdfc',
  },

  email: (data, context) => {
    const texts = inLocale(TEXTS, context.locale)
    const labels = withdrawalTexts(context.locale)
    const money = moneyFormatter(data.currency, context.locale)
    const deducted: [label: string, amountMinor: number][] = [
      [labels.fee, data.feeMinor],
      [labels.deduction, data.deductionMinor],
    ]
    return composeMoneyEmail(
      {
        category: 'withdrawals',
        name: data.name,
        subject: texts.subject(money(data.grossMinor)),
        event: texts.event,
        facts: [
          [labels.reference, data.reference],
          [labels.fromWallet, money(data.grossMinor)],
          ...deducted
            .filter(([, amountMinor]) => amountMinor > 0)
            .map(([label, amountMinor]): Fact => [label, money(amountMinor)]),
          [labels.net, money(data.netMinor)],
          ...methodFacts(data, context.locale),
        ],
        note: texts.note,
        notYou: labels.notYou,
      },
      context,
    )
  },

  ...smsText<Data>({
    texts: {
      en: 'Withdrawal of Rs.{amount} requested. Not you? Change your password and contact us. - {brand}',
      hi: 'रु.{amount} की निकासी का अनुरोध मिला। आपने नहीं किया? पासवर्ड बदलें और हमें बताएँ। - {brand}',
    },
    variables: ({ grossMinor, currency }) => ({ amount: smsAmount(grossMinor, currency) }),
    currencyOf: ({ currency }) => currency,
  }),
}
